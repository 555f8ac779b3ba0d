// libarchive's public interface, and the one call Swift cannot import because it is variadic.
#include <archive.h>
#include <archive_entry.h>

// Stores an error on the archive. The corresponding C function is `archive_set_error`.
static inline void archive_set_error_text(struct archive *archive, int number, const char *text) {
  archive_set_error(archive, number, "%s", text);
}
