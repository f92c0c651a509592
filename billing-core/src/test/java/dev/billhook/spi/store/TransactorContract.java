package dev.billhook.spi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billhook.BillingException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every transactor does. */
abstract class TransactorContract extends StoreContract {
    private final List<String> story = new ArrayList<>();

    @Test
    @DisplayName("C5 What fails leaves nothing in any store")
    void rollback() {
        stores.accounts().insertIfAbsent(account(BOB));

        assertThatThrownBy(() -> stores.transactor().run(() -> {
                    writeEverywhere();
                    throw new IllegalStateException("boom");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("boom");

        assertThat(stores.accounts().find(ALICE)).isEmpty();
        assertThat(stores.accounts().find(BOB)).contains(account(BOB));
        assertThat(stores.subscriptions().list(ALICE)).isEmpty();
        assertThat(stores.inbox().find("evt_1")).isEmpty();
        assertThat(stores.outbox().size()).isZero();
    }

    @Test
    @DisplayName("C5 An error rolls back like an exception")
    void rollbackOnError() {
        assertThatThrownBy(() -> stores.transactor().run(() -> {
                    writeEverywhere();
                    throw new StackOverflowError("deep");
                }))
                .isInstanceOf(StackOverflowError.class);

        assertThat(stores.accounts().find(ALICE)).isEmpty();
    }

    @Test
    @DisplayName("Work sees its own writes, other nodes see them once they are committed")
    void commit() {
        String result = stores.transactor().inTransaction(() -> {
            writeEverywhere();
            assertThat(stores.accounts().find(ALICE)).isPresent();
            return "done";
        });

        assertThat(result).isEqualTo("done");
        assertThat(otherNode().accounts().find(ALICE)).isPresent();
        assertThat(otherNode().subscriptions().list(ALICE)).hasSize(1);
        assertThat(otherNode().outbox().size()).isEqualTo(1);
    }

    @Test
    @DisplayName("Nested work joins: it is rolled back with the outer work")
    void nestedJoins() {
        assertThatThrownBy(() -> stores.transactor().run(() -> {
                    stores.transactor().run(this::writeEverywhere);
                    throw new IllegalStateException("boom");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(stores.accounts().find(ALICE)).isEmpty();
    }

    @Test
    @DisplayName("Nested work that fails dooms the outer work, even if that catches the exception")
    void nestedFailureDooms() {
        assertThatThrownBy(() -> stores.transactor().run(() -> {
                    stores.accounts().insertIfAbsent(account(BOB));
                    assertThatThrownBy(() -> stores.transactor().run(() -> {
                                throw new IllegalStateException("inner");
                            }))
                            .hasMessage("inner");
                    stores.transactor().afterCommit(() -> story.add("hook"));
                }))
                .isInstanceOf(RuntimeException.class);

        assertThat(stores.accounts().find(BOB)).isEmpty();
        assertThat(story).isEmpty();
    }

    @Test
    @DisplayName("Actions after commit run in order, after the outermost commit, and see the written rows")
    void afterCommit() {
        stores.transactor().run(() -> {
            stores.transactor().run(() -> stores.transactor().afterCommit(() -> story.add("inner")));
            stores.transactor()
                    .afterCommit(() -> story.add(
                            "outer " + otherNode().accounts().find(ALICE).isPresent()));
            stores.accounts().insertIfAbsent(account(ALICE));
            story.add("work");
        });

        assertThat(story).containsExactly("work", "inner", "outer true");
    }

    @Test
    @DisplayName("Actions after commit never run after a rollback, nor with the next transaction")
    void noActionAfterRollback() {
        assertThatThrownBy(() -> stores.transactor().run(() -> {
                    stores.transactor().afterCommit(() -> story.add("hook"));
                    throw new IllegalStateException("boom");
                }))
                .isInstanceOf(IllegalStateException.class);
        stores.transactor().run(() -> story.add("work"));

        assertThat(story).containsExactly("work");
    }

    @Test
    @DisplayName("Without a transaction an action after commit runs at once")
    void afterCommitWithoutTransaction() {
        stores.transactor().afterCommit(() -> story.add("hook"));

        assertThat(story).containsExactly("hook");
    }

    @Test
    @DisplayName("An action after commit that fails stops neither the others nor the caller")
    void failingAction() {
        stores.transactor().run(() -> {
            stores.transactor().afterCommit(() -> {
                throw new IllegalStateException("boom");
            });
            stores.transactor().afterCommit(() -> story.add("second"));
            stores.accounts().insertIfAbsent(account(ALICE));
        });

        assertThat(story).containsExactly("second");
        assertThat(stores.accounts().find(ALICE)).isPresent();
    }

    @Test
    @DisplayName("An action after commit can open a transaction of its own")
    void actionOpensTransaction() {
        stores.transactor()
                .run(() -> stores.transactor().afterCommit(() -> {
                    stores.accounts().insertIfAbsent(account(BOB));
                    stores.transactor().run(() -> stores.transactor().afterCommit(() -> story.add("second commit")));
                    stores.transactor().run(() -> stores.accounts().insertIfAbsent(account(ALICE)));
                }));

        assertThat(story).containsExactly("second commit");
        assertThat(otherNode().accounts().find(ALICE)).isPresent();
        assertThat(otherNode().accounts().find(BOB)).isPresent();
    }

    @Test
    @DisplayName("A store's refusal inside a transaction rolls the transaction back when it passes")
    void refusalRollsBack() {
        insert(row(ALICE, "sub_1", day(0)));

        assertThatThrownBy(() -> stores.transactor().run(() -> {
                    stores.accounts().insertIfAbsent(account(BOB));
                    insert(row(ALICE, "sub_1", day(0)));
                }))
                .isInstanceOf(BillingException.class);

        assertThat(stores.accounts().find(BOB)).isEmpty();
    }

    private void writeEverywhere() {
        stores.accounts().insertIfAbsent(account(ALICE));
        insert(row(ALICE, "sub_1", day(0)));
        stores.inbox().insert(pending("evt_1", day(0), NOW, "{}"));
        stores.outbox().append(List.of(entry("e1", ALICE, "mail")));
    }
}
