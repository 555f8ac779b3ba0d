// libdeflate's public interface: whole buffers in, whole buffers out, and no more than there is room for.
#include <libdeflate.h>
