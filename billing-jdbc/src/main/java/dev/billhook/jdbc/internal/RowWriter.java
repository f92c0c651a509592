package dev.billhook.jdbc.internal;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Writes any number of rows at once. */
public final class RowWriter {
    private final SqlRunner sql;
    private final Grammar grammar;

    /** Writes with the statements of a runner. */
    public RowWriter(SqlRunner sql) {
        this.sql = sql;
        this.grammar = sql.grammar();
    }

    /** Inserts the row; false, and no change, if its key exists. */
    public boolean insertNew(TableRows table, Params row) {
        return !insertNew(table, List.of(row)).isEmpty();
    }

    /**
     * Inserts the rows whose key is free, in their order. Does not spoil the transaction.
     *
     * @return ids of those that were inserted
     */
    public Set<String> insertNew(TableRows table, List<Params> rows) {
        Set<String> inserted = new HashSet<>();
        if (rows.isEmpty()) {
            return inserted;
        }
        if (grammar.takesArraysAndScripts()) {
            Step<String> step = insertion(table, rows);
            sql.run(List.of(step));
            inserted.addAll(step.rows());
        } else {
            insertOrSplit(table, rows, inserted);
        }
        return inserted;
    }

    /** Writes a row, in place of the one of the same key if there is one. */
    public void put(TableRows table, Params row) {
        sql.run(List.of(putting(table, List.of(row))));
    }

    /**
     * Inserts rows, replaces others whose version is still {@code :read_version}, puts rows of a second table in place, and runs
     * what else is to be done; as few messages as the grammar allows.
     *
     * @return whether every row of the first table was inserted or replaced
     */
    public boolean write(
            TableRows table,
            List<Params> made,
            List<Params> changed,
            TableRows parts,
            List<Params> put,
            List<? extends Step<?>> more) {
        if (grammar.takesArraysAndScripts()) {
            List<Step<?>> steps = new ArrayList<>();
            if (!made.isEmpty()) {
                steps.add(insertion(table, made));
            }
            if (!changed.isEmpty()) {
                steps.add(replacement(table, changed));
            }
            List<Step<?>> counted = List.copyOf(steps);
            if (!put.isEmpty()) {
                steps.add(putting(parts, put));
            }
            steps.addAll(more);
            sql.run(steps);
            return counted.stream().mapToInt(Step::touched).sum() == made.size() + changed.size();
        }
        boolean written = insertNew(table, made).size() == made.size() && replaced(table, changed);
        if (written && !put.isEmpty()) {
            sql.run(List.of(putting(parts, put)));
        }
        sql.run(more);
        return written;
    }

    /** Like {@link #insertNew(TableRows, List)} as part of a script, where the grammar takes scripts; answers ids. */
    public Step<String> insertion(TableRows table, List<Params> rows) {
        return rows.size() == 1
                ? Step.answeringChange(table.insert(grammar, 1), table.id(), ofRows(table.insert(grammar, 1), rows))
                : Step.answeringChange(table.insertArrays(), table.id(), ofArrays(table.insertArrays(), table, rows));
    }

    /**
     * Lowers a column of rows that have none or a higher one in it, where the grammar takes scripts.
     *
     * @param rows the keys, each once, and the column
     */
    public Step<Void> lowering(TableRows table, String column, List<Params> rows) {
        Sql lower = table.lowerArrays(column);
        return Step.change(lower, ofArrays(lower, table, rows));
    }

    private Step<Void> replacement(TableRows table, List<Params> rows) {
        return rows.size() == 1
                ? Step.change(table.update(), ofRows(table.update(), rows))
                : Step.change(table.updateArrays(), ofArrays(table.updateArrays(), table, rows));
    }

    /** Writes rows, in place of those of the same keys, as part of a script. */
    public Step<Void> putting(TableRows table, List<Params> rows) {
        if (rows.size() > 1 && grammar.takesArraysAndScripts()) {
            return Step.change(table.putArrays(), ofArrays(table.putArrays(), table, rows));
        }
        Sql put = table.put(grammar, rows.size());
        return Step.change(put, ofRows(put, rows));
    }

    /** Where a duplicate is an error, it undoes its own statement only; halves find it with few more. */
    private void insertOrSplit(TableRows table, List<Params> rows, Set<String> inserted) {
        if (insertedAll(table, rows)) {
            rows.forEach(row -> inserted.add(String.valueOf(row.value(table.id()))));
        } else if (rows.size() > 1) {
            int half = rows.size() / 2;
            insertOrSplit(table, rows.subList(0, half), inserted);
            insertOrSplit(table, rows.subList(half, rows.size()), inserted);
        }
    }

    private boolean insertedAll(TableRows table, List<Params> rows) {
        Sql insert = table.insert(grammar, rows.size());
        return sql.with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(insert.text())) {
                sql.binder().bindRows(statement, 0, insert, rows);
                return statement.executeUpdate() == rows.size();
            } catch (SQLException e) {
                if (SqlFailures.isDuplicate(e)) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** A driver told to send batches in bulk does not tell what they touched: nobody knows then, so it counts as refused. */
    private boolean replaced(TableRows table, List<Params> rows) {
        return IntStream.of(sql.batch(table.update(), rows)).allMatch(count -> count == 1);
    }

    private static Step.Values ofRows(Sql statement, List<Params> rows) {
        return (binder, prepared, before) -> binder.bindRows(prepared, before, statement, rows);
    }

    private static Step.Values ofArrays(Sql statement, TableRows table, List<Params> rows) {
        return (binder, prepared, before) -> binder.bindArrays(prepared, before, statement, table, rows);
    }
}
