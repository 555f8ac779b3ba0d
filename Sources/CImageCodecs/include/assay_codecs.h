#ifndef ASSAY_CODECS_H
#define ASSAY_CODECS_H

/* Decodes one image from a buffer and measures it, or says why not.
 *
 * One call is one whole operation. libjpeg's and libpng's errors never leave these functions, and their messages
 * are counted and kept, never printed. A decoder is used by one thread at a time; nothing here is global. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "assay_measurement.h"

typedef enum {
  ASSAY_OUTCOME_OK = 0,
  ASSAY_OUTCOME_DAMAGED = 1,     /* pixels came out, and something was wrong */
  ASSAY_OUTCOME_UNDECODABLE = 2, /* no pixels came out */
  ASSAY_OUTCOME_UNSUPPORTED = 3, /* a variant the libraries do not decode */
  ASSAY_OUTCOME_REFUSED = 4,     /* a limit */
} assay_outcome_t;

typedef enum {
  ASSAY_REASON_NONE = 0,
  ASSAY_REASON_TRUNCATED,
  ASSAY_REASON_CORRUPT_DATA,
  ASSAY_REASON_CRC,
  ASSAY_REASON_MISSING_END,
  ASSAY_REASON_BAD_HEADER,
  ASSAY_REASON_UNSUPPORTED,
  ASSAY_REASON_LIMIT_WIDTH,
  ASSAY_REASON_LIMIT_HEIGHT,
  ASSAY_REASON_LIMIT_PIXELS,
  ASSAY_REASON_LIMIT_MEMORY,
  ASSAY_REASON_LIMIT_SCANS,
} assay_reason_t;

/* Limits are checked before anything of the image's size is allocated. */
typedef struct {
  uint32_t max_width;
  uint32_t max_height;
  uint64_t max_pixels;
  uint64_t max_memory; /* bytes of working memory: rows, kept frames, a progressive JPEG's coefficients */
  uint32_t max_scans;  /* of a progressive JPEG */
  uint32_t orientation; /* EXIF orientation to apply before anything is measured, 1 ... 8 */
  bool keep_pixels;     /* keep the oriented frame for assay_decoder_frame */
  bool collect_values;  /* collect raw sample values for assay_decoder_values */
  bool force_libpng;    /* take every PNG through libpng: tests hold both ways to the same pixels */
} assay_request_t;

/* What became of the image. */
typedef struct {
  assay_outcome_t outcome;
  assay_reason_t reason;
  uint32_t stored_rows;    /* rows of the stored image that came out before anything was wrong */
  uint32_t stored_height;
  uint32_t warnings;       /* warnings the library gave */
  char message[160];       /* the first warning or the error in the library's words, zero-terminated */
} assay_report_t;

/* The kept frame. Row-major, channels interleaved: gray, gray + alpha, RGB or RGBA. Samples are uint8_t up to 8 bits,
 * uint16_t in the machine's byte order for 16. */
typedef struct {
  const void *samples;
  uint32_t width;
  uint32_t height;
  uint32_t channels;
  uint32_t sample_bits; /* 8 or 16 */
} assay_frame_t;

/* A decoder: library state and buffers that are reused from image to image. */
typedef struct assay_decoder assay_decoder_t;

/* A new decoder, or null where memory is short. The caller destroys it. */
assay_decoder_t *assay_decoder_create(void);
void assay_decoder_destroy(assay_decoder_t *decoder);

/* Decodes and measures a JPEG (libjpeg-turbo: islow IDCT, fancy upsampling). `bytes` stay the caller's.
 * A measurement exists afterwards if and only if the outcome is ok or damaged; rows that never came are what
 * the library fills in, or black. */
assay_report_t assay_decode_jpeg(
  assay_decoder_t *decoder, const uint8_t *bytes, size_t count, const assay_request_t *request);

/* Decodes and measures a PNG; of an animated one the default image. Otherwise as assay_decode_jpeg. Rows that never
 * came are black and opaque. 8-bit images without interlacing and tRNS take a way of our own, everything else goes
 * through libpng. The compressed data's own checksum is verified where all rows fit the memory limit at once. */
assay_report_t assay_decode_png(
  assay_decoder_t *decoder, const uint8_t *bytes, size_t count, const assay_request_t *request);

/* The measurement of the last image; valid until the next decode. */
const assay_measurement_t *assay_decoder_measurement(const assay_decoder_t *decoder);

/* The perceptual hashes of the last measured image turned: see assay_meter_turned_hashes. */
void assay_decoder_turned_hashes(const assay_decoder_t *decoder, uint64_t hashes[ASSAY_TURNS]);

/* The frame of the last image, if it was asked for; valid until the next decode. */
assay_frame_t assay_decoder_frame(const assay_decoder_t *decoder);

/* Which raw sample values occur in the last image, as 65,536 bits, least significant first: palette indices, gray
 * levels of 1, 2 and 4 bits unscaled, 16-bit values whole; alpha does not count. */
const uint64_t *assay_decoder_values(const assay_decoder_t *decoder);

#endif
