#ifndef ASSAY_CODECS_H
#define ASSAY_CODECS_H
#endif
