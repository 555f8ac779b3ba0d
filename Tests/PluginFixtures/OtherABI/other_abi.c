// A plugin of the next minor version: nothing behind the version may be read.
#include <assay_plugin_author.h>

static const assay_plugin_t plugin = {
    .struct_size = sizeof(assay_plugin_t),
    .abi_major = ASSAY_ABI_MAJOR,
    .abi_minor = ASSAY_ABI_MINOR + 1,
    .id = (const char *)8,
};

ASSAY_PLUGINS(&plugin);
