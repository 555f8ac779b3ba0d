#ifndef DECODER_H
#define DECODER_H

/* What the two decoders share: the reused buffers, the report being written, and the *sink* that rows go to. */

#include "assay_codecs.h"

/* Memory that grows and is kept. */
typedef struct {
  uint8_t *bytes;
  size_t size;
} buffer_t;

/* Room for `size` bytes, or null; what was there is lost when it grows. */
uint8_t *buffer_reserve(buffer_t *buffer, size_t size);
void buffer_free(buffer_t *buffer);

typedef struct jpeg_state jpeg_state_t;
typedef struct png_state png_state_t;

/* Where rows of the stored image go: straight into the meter while they are hot, or into a frame where the image
 * has to be turned, kept or filled out of order.
 *
 * Sink pixels: gray 1 sample; otherwise 4 samples R, G, B, A. Samples have 8 or 16 bits. */
typedef struct {
  uint32_t width, height; /* stored */
  uint32_t channels;      /* 1 gray, 2 gray + alpha, 3 RGB, 4 RGBA */
  uint32_t sample_bits;
  uint32_t pixel_size; /* bytes */
  size_t stride;       /* bytes */
  assay_row_kind_t kind;
  bool buffered;
  uint32_t rows;   /* rows committed */
  uint64_t memory; /* what was counted against the limit */
} sink_t;

/* Rows a sink offers at once. */
enum { SINK_ROWS = 16 };

struct assay_decoder {
  assay_meter_t *meter;
  const assay_measurement_t *measurement;
  assay_request_t request;
  assay_report_t report;
  sink_t sink;
  buffer_t scratch;  /* SINK_ROWS rows that are measured at once */
  buffer_t narrowed; /* two rows of 8-bit pixels, for 16-bit images */
  buffer_t stored, oriented, tight;
  assay_frame_t frame;
  uint64_t values[1024];
  jpeg_state_t *jpeg;
  png_state_t *png;
};

/* Forgets the last image and takes the request. */
void decoder_reset(assay_decoder_t *decoder, const assay_request_t *request);

/* Checks the declared size; false with the report written. */
bool decoder_admits(assay_decoder_t *decoder, uint32_t width, uint32_t height);

/* Starts the sink; `extra` is the memory the caller needs besides. False with the report written. */
bool sink_begin(
  assay_decoder_t *decoder, uint32_t width, uint32_t height, uint32_t channels, uint32_t sample_bits,
  bool buffered, uint64_t extra);

/* Where the next rows are to be written, `sink.stride` apart; `count` is at most SINK_ROWS and the rows left. */
uint8_t *sink_rows(assay_decoder_t *decoder);

/* Takes in the `count` rows just written. */
void sink_commit(assay_decoder_t *decoder, uint32_t count);

/* The whole frame of a buffered sink, black to begin with; all rows count as committed. */
uint8_t *sink_frame(assay_decoder_t *decoder);

/* Fills rows that never came with black, turns the image, and measures what has not been measured. False where memory
 * is short. */
bool sink_end(assay_decoder_t *decoder);

/* Notes something wrong: the first reason is kept, with its message where there was none before. */
void report_damage(assay_report_t *report, assay_reason_t reason, const char *message);

/* Ends the operation without pixels. */
void report_failure(
  assay_report_t *report, assay_outcome_t outcome, assay_reason_t reason, const char *message);

/* Keeps the first message, cut to fit. */
void report_message(assay_report_t *report, const char *message);

static inline void collect_value(assay_decoder_t *decoder, uint32_t value)
{
  decoder->values[value >> 6] |= 1ull << (value & 63);
}

void jpeg_state_destroy(jpeg_state_t *state);
void png_state_destroy(png_state_t *state);

#endif
