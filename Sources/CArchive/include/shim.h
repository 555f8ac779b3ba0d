// libarchive's public interface; the module map links the library.
#include <archive.h>
#include <archive_entry.h>
