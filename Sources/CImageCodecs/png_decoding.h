#ifndef PNG_DECODING_H
#define PNG_DECODING_H

/* One PNG on its way to the sink, and the two ways there. */

#include "png_chunks.h"

typedef struct {
  assay_decoder_t *decoder;
  const png_file_t *file;
  const uint8_t *data; /* the IDAT bytes in one piece, file->data_bytes of them */
  uint8_t *inflated;   /* all filtered rows where they fit memory and are sound, or null */
  uint64_t inflated_bytes;
  bool is_verified;    /* whether they are sound is known, so libpng need not look at their checksum */
  uint32_t rows;       /* whole rows of the image that came out */
  bool any_pixels;     /* of any row of any pass */
  bool bad_index;      /* a palette index had no entry */
  bool is_corrupt;     /* the compressed data are wrong, and not only short */
  bool out_of_memory;
  char message[80];    /* what libpng said first */
} png_decoding_t;

/* Bytes of all filtered rows together. */
uint64_t png_inflated_bytes(const png_layout_t *layout);

/* Whether rows of this kind are undone by our own kernels: 8 bits, not interlaced, no tRNS. */
bool png_is_plain(const png_layout_t *layout);

/* Takes the inflated rows of a plain image to the sink; `zeros` is the row above the first. False where a row has an
 * unknown filter; nothing has reached the sink then. */
bool png_take_inflated(png_decoding_t *decoding, const uint8_t *zeros);

/* Bytes that libpng may allocate for an image of that width, zlib's included. */
uint64_t png_library_memory(uint32_t width);

/* Inflates and takes the rows to the sink by libpng, one after the other, as far as it gets. `line` has room for
 * `width` bytes. */
void png_decode_by_library(png_decoding_t *decoding, uint8_t *line);

#endif
