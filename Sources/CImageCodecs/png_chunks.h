#ifndef PNG_CHUNKS_H
#define PNG_CHUNKS_H

/* The chunks of a PNG: header facts, checksums, and where the image data lie. */

#include "decoder.h"
#include "png_rows.h"

typedef struct {
  png_layout_t layout;
  bool has_header;
  bool has_palette;
  bool ended;             /* IEND was reached */
  bool header_is_foreign; /* the first chunk is Apple's CgBI */
  size_t data_bytes;      /* of all IDAT chunks, as far as they are there */
  uint32_t data_chunks;
  const uint8_t *data; /* where there is one IDAT chunk: its bytes in place */
  assay_reason_t fault; /* the first thing wrong; decoding goes on */
  char fault_text[80];
} png_file_t;

/* Walks the chunks of a buffer that starts with the PNG signature, and checks every CRC. */
void png_walk(png_file_t *file, const uint8_t *bytes, size_t count);

/* Copies the IDAT bytes together; room for `data_bytes`. */
void png_gather(const uint8_t *bytes, size_t count, uint8_t *out);

#endif
