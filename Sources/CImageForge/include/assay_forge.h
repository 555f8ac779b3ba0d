#ifndef ASSAY_FORGE_H
#define ASSAY_FORGE_H

/* Encodes images from generated pixels, for tests and for the demonstration: every variant the decoders meet.
 *
 * Each call returns the number of bytes written to a new block at `*out`, which the caller frees with
 * assay_forge_free, or 0 where the recipe cannot be encoded. Nothing is kept and nothing is printed. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
  ASSAY_FORGE_GRAY = 0,  /* 1 sample a pixel */
  ASSAY_FORGE_YCBCR = 1, /* 3 samples, RGB, stored as YCbCr */
  ASSAY_FORGE_RGB = 2,   /* 3 samples, stored as RGB */
  ASSAY_FORGE_CMYK = 3,  /* 4 samples, stored as they are */
  ASSAY_FORGE_YCCK = 4,  /* 4 samples, CMYK, stored as YCCK */
} assay_forge_model_t;

typedef struct {
  uint32_t width;
  uint32_t height;
  const uint8_t *pixels; /* row-major, samples interleaved */
  assay_forge_model_t model;
  uint32_t quality;         /* 1 ... 100 */
  uint32_t luma_horizontal; /* sampling factors of the first component; all others have 1 x 1 */
  uint32_t luma_vertical;
  bool progressive;
  bool arithmetic;
  bool omit_adobe_marker;
  uint32_t restart_interval; /* in blocks, 0 for none */
  const uint8_t *exif;       /* a TIFF structure, or null */
  size_t exif_count;
  const uint8_t *profile; /* an ICC profile, or null */
  size_t profile_count;
} assay_forge_jpeg_t;

size_t assay_forge_jpeg(const assay_forge_jpeg_t *recipe, uint8_t **out);

typedef struct {
  uint32_t width;
  uint32_t height;
  const uint16_t *samples; /* row-major, interleaved, unscaled: 0 ... 2^depth - 1 */
  uint8_t color_type;      /* 0, 2, 3, 4, 6 */
  uint8_t depth;
  bool interlaced;
  uint8_t filter;         /* 0 ... 4 for all rows, 5 to take them in turn */
  uint8_t level;          /* of compression, 0 ... 12 */
  uint32_t chunk_bytes;   /* of an IDAT chunk, 0 for one chunk */
  const uint8_t *palette; /* RGB entries, or null */
  size_t palette_bytes;
  const uint8_t *transparency; /* contents of tRNS, or null */
  size_t transparency_bytes;
  const uint8_t *chunks; /* whole chunks to place before the image data, or null */
  size_t chunks_bytes;
} assay_forge_png_t;

size_t assay_forge_png(const assay_forge_png_t *recipe, uint8_t **out);

/* The CRC of a chunk's type and data. */
uint32_t assay_forge_crc32(const uint8_t *bytes, size_t count);

void assay_forge_free(uint8_t *bytes);

#endif
