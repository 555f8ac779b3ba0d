// SQLite's public interface, and the one call Swift cannot import because it is variadic.
#include <sqlite3.h>

// Switches one database option on or off. The corresponding C function is `sqlite3_db_config`.
static inline int assay_sqlite_configure(sqlite3 *database, int option, int value) {
  return sqlite3_db_config(database, option, value, (int *)0);
}

// The destructor that tells SQLite to copy what it is given: a cast Swift cannot write.
static inline sqlite3_destructor_type assay_sqlite_transient(void) { return SQLITE_TRANSIENT; }
