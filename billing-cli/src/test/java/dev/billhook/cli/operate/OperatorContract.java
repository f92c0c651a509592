package dev.billhook.cli.operate;

import org.junit.jupiter.api.Nested;

/** What an operator does from a shell beside an application that runs; a test names where its databases come from. */
abstract class OperatorContract {
    /** A new database without tables. */
    abstract ShellContract.Database database();

    @Nested
    class Events extends EventsContract {
        @Override
        Database database() {
            return OperatorContract.this.database();
        }
    }

    @Nested
    class Reconciliation extends ReconcileContract {
        @Override
        Database database() {
            return OperatorContract.this.database();
        }
    }

    @Nested
    class Endpoints extends EndpointsContract {
        @Override
        Database database() {
            return OperatorContract.this.database();
        }
    }

    @Nested
    class Usage extends UsageContract {
        @Override
        Database database() {
            return OperatorContract.this.database();
        }
    }

    @Nested
    class Prices extends PricesContract {
        @Override
        Database database() {
            return OperatorContract.this.database();
        }
    }

    @Nested
    class People extends PeopleContract {
        @Override
        Database database() {
            return OperatorContract.this.database();
        }
    }
}
