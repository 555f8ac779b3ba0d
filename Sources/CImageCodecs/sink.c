/* The sink: from rows of the stored image to the meter, through a frame where one is needed. */

#include <stdlib.h>
#include <string.h>

#include "decoder.h"

/* How the stored image is read to be upright, by EXIF orientation. */
typedef struct {
  bool swap;   /* rows become columns */
  bool flip_x; /* the stored x runs backwards */
  bool flip_y; /* the stored y runs backwards */
} turn_t;

static const turn_t turns[9] = {
  {0, 0, 0}, {0, 0, 0}, {0, 1, 0}, {0, 1, 1}, {0, 0, 1}, {1, 0, 0}, {1, 0, 1}, {1, 1, 1}, {1, 1, 0},
};

/* libjpeg-turbo writes aligned rows past the cache (movntdq); rows that are measured at once had better stay in it, so
 * they start off a 16-byte boundary. */
enum { OFF_ALIGNMENT = 8 };

static turn_t turn_of(const assay_decoder_t *decoder) { return turns[decoder->request.orientation]; }

static uint64_t frame_memory(const assay_decoder_t *decoder, const sink_t *sink)
{
  uint64_t pixels = (uint64_t)sink->width * sink->height;
  uint64_t memory = sink->buffered ? pixels * sink->pixel_size : 0;
  if (decoder->request.orientation != 1) memory += pixels * sink->pixel_size;
  if (decoder->request.keep_pixels) memory += pixels * sink->channels * sink->sample_bits / 8;
  return memory;
}

bool sink_begin(
  assay_decoder_t *decoder, uint32_t width, uint32_t height, uint32_t channels, uint32_t sample_bits,
  bool buffered, uint64_t extra)
{
  static const assay_row_kind_t kinds[] = {ASSAY_ROWS_GRAY, ASSAY_ROWS_RGBA, ASSAY_ROWS_RGBX, ASSAY_ROWS_RGBA};
  sink_t *sink = &decoder->sink;
  *sink = (sink_t){.width = width, .height = height, .channels = channels, .sample_bits = sample_bits};
  sink->kind = kinds[channels - 1];
  sink->pixel_size = (channels == 1 ? 1 : 4) * sample_bits / 8;
  sink->stride = (size_t)width * sink->pixel_size;
  sink->buffered = buffered || decoder->request.keep_pixels || decoder->request.orientation != 1;
  if (!sink->buffered) sink->stride = (sink->stride + 63) / 64 * 64 + 64;
  bool swap = turn_of(decoder).swap;
  uint32_t upright_width = swap ? height : width, upright_height = swap ? width : height;
  uint64_t memory = extra + frame_memory(decoder, sink) + SINK_ROWS * (uint64_t)sink->stride
    + assay_meter_memory(upright_width) + 8ull * upright_width;
  if (memory > decoder->request.max_memory) {
    report_failure(
      &decoder->report, ASSAY_OUTCOME_REFUSED, ASSAY_REASON_LIMIT_MEMORY, "more working memory than allowed");
    return false;
  }
  bool fits = sink->buffered
    ? buffer_reserve(&decoder->stored, sink->stride * height) != NULL
    : buffer_reserve(&decoder->scratch, SINK_ROWS * sink->stride + OFF_ALIGNMENT) != NULL;
  fits = fits && (sample_bits == 8 || buffer_reserve(&decoder->narrowed, 8 * (size_t)upright_width) != NULL);
  fits = fits
    && assay_meter_begin(decoder->meter, upright_width, upright_height, sink->kind, sample_bits == 16);
  if (!fits) {
    report_failure(&decoder->report, ASSAY_OUTCOME_REFUSED, ASSAY_REASON_LIMIT_MEMORY, "out of memory");
    return false;
  }
  sink->memory = memory;
  return true;
}

uint8_t *sink_rows(assay_decoder_t *decoder)
{
  const sink_t *sink = &decoder->sink;
  return sink->buffered ? decoder->stored.bytes + sink->stride * sink->rows
                        : decoder->scratch.bytes + OFF_ALIGNMENT;
}

/* v / 65535 x 255, rounded. */
static uint8_t narrow(uint16_t value) { return (uint8_t)((value * 255u + 32895u) >> 16); }

/* Measures a row of 16-bit samples: rescaled for the statistics, the top 8 bits for the histogram. */
static void measure_wide(assay_decoder_t *decoder, const uint16_t *row, uint32_t width)
{
  uint8_t *rescaled = decoder->narrowed.bytes, *top = rescaled + 4 * (size_t)width;
  bool gray = decoder->sink.kind == ASSAY_ROWS_GRAY;
  size_t samples = gray ? width : 4 * (size_t)width;
  for (size_t i = 0; i < samples; i++) {
    rescaled[i] = narrow(row[i]);
    top[i] = (uint8_t)(row[i] >> 8);
  }
  /* Transparency is decided by all 16 bits. */
  for (size_t i = 3; i < samples && !gray; i += 4) rescaled[i] = top[i] = row[i] != 0;
  assay_meter_add(decoder->meter, rescaled);
  assay_meter_add_top(decoder->meter, top);
}

static void measure_row(assay_decoder_t *decoder, const uint8_t *row, uint32_t width)
{
  if (decoder->sink.sample_bits == 16) {
    measure_wide(decoder, (const uint16_t *)(const void *)row, width);
  } else {
    assay_meter_add(decoder->meter, row);
  }
}

void sink_commit(assay_decoder_t *decoder, uint32_t count)
{
  sink_t *sink = &decoder->sink;
  if (!sink->buffered) {
    for (uint32_t i = 0; i < count; i++) {
      measure_row(decoder, sink_rows(decoder) + sink->stride * i, sink->width);
    }
  }
  sink->rows += count;
}

/* Black, opaque pixels. */
static void fill_black(const sink_t *sink, uint8_t *rows, uint32_t count)
{
  size_t size = sink->stride * count;
  memset(rows, 0, size);
  if (sink->kind == ASSAY_ROWS_GRAY) return;
  uint32_t sample = sink->sample_bits / 8;
  for (size_t i = 3 * sample; i < size; i += 4 * sample) memset(rows + i, 255, sample);
}

uint8_t *sink_frame(assay_decoder_t *decoder)
{
  sink_t *sink = &decoder->sink;
  fill_black(sink, decoder->stored.bytes, sink->height);
  sink->rows = sink->height;
  return decoder->stored.bytes;
}

static void fill_missing_rows(assay_decoder_t *decoder)
{
  sink_t *sink = &decoder->sink;
  while (sink->rows < sink->height) {
    uint32_t left = sink->height - sink->rows;
    uint32_t count = left < SINK_ROWS ? left : SINK_ROWS;
    fill_black(sink, sink_rows(decoder), count);
    sink_commit(decoder, count);
  }
}

/* Copies tile by tile, so that neither side is read or written a column at a time. */
static inline __attribute__((always_inline)) void turn_pixels(
  uint8_t *restrict out, const uint8_t *restrict in, uint32_t width, uint32_t height, turn_t turn,
  size_t pixel)
{
  enum { TILE = 32 };
  size_t out_width = turn.swap ? height : width, out_height = turn.swap ? width : height;
  for (size_t tile_y = 0; tile_y < out_height; tile_y += TILE) {
    for (size_t tile_x = 0; tile_x < out_width; tile_x += TILE) {
      for (size_t y = tile_y; y < tile_y + TILE && y < out_height; y++) {
        for (size_t x = tile_x; x < tile_x + TILE && x < out_width; x++) {
          size_t from_x = turn.swap ? y : x, from_y = turn.swap ? x : y;
          if (turn.flip_x) from_x = width - 1 - from_x;
          if (turn.flip_y) from_y = height - 1 - from_y;
          memcpy(out + (y * out_width + x) * pixel, in + (from_y * width + from_x) * pixel, pixel);
        }
      }
    }
  }
}

/* The frame as seen, or null where memory is short. */
static const uint8_t *turn_frame(assay_decoder_t *decoder)
{
  const sink_t *sink = &decoder->sink;
  if (decoder->request.orientation == 1) return decoder->stored.bytes;
  uint8_t *out = buffer_reserve(&decoder->oriented, sink->stride * sink->height);
  if (out == NULL) return NULL;
  const uint8_t *in = decoder->stored.bytes;
  turn_t turn = turn_of(decoder);
  switch (sink->pixel_size) {
  case 1: turn_pixels(out, in, sink->width, sink->height, turn, 1); break;
  case 2: turn_pixels(out, in, sink->width, sink->height, turn, 2); break;
  case 4: turn_pixels(out, in, sink->width, sink->height, turn, 4); break;
  default: turn_pixels(out, in, sink->width, sink->height, turn, 8); break;
  }
  return out;
}

/* Drops the samples that the image does not have; null where memory is short. */
static const void *tighten(assay_decoder_t *decoder, const uint8_t *frame)
{
  const sink_t *sink = &decoder->sink;
  if (sink->channels == 1 || sink->channels == 4) return frame;
  size_t pixels = (size_t)sink->width * sink->height, sample = sink->sample_bits / 8;
  size_t colors = sink->channels == 2 ? 1 : 3;
  uint8_t *out = buffer_reserve(&decoder->tight, pixels * sink->channels * sample);
  if (out == NULL) return NULL;
  uint8_t *next = out;
  for (size_t i = 0; i < pixels; i++, frame += 4 * sample) {
    memcpy(next, frame, colors * sample);
    next += colors * sample;
    if (sink->channels == 2) {
      memcpy(next, frame + 3 * sample, sample);
      next += sample;
    }
  }
  return out;
}

static bool measure_frame(assay_decoder_t *decoder)
{
  const sink_t *sink = &decoder->sink;
  const uint8_t *frame = turn_frame(decoder);
  if (frame == NULL) return false;
  bool swap = turn_of(decoder).swap;
  uint32_t width = swap ? sink->height : sink->width, height = swap ? sink->width : sink->height;
  for (uint32_t y = 0; y < height; y++) {
    measure_row(decoder, frame + (size_t)y * width * sink->pixel_size, width);
  }
  if (!decoder->request.keep_pixels) return true;
  decoder->frame = (assay_frame_t){
    .samples = tighten(decoder, frame),
    .width = width,
    .height = height,
    .channels = sink->channels,
    .sample_bits = sink->sample_bits,
  };
  return decoder->frame.samples != NULL;
}

bool sink_end(assay_decoder_t *decoder)
{
  fill_missing_rows(decoder);
  if (decoder->sink.buffered && !measure_frame(decoder)) {
    report_failure(&decoder->report, ASSAY_OUTCOME_REFUSED, ASSAY_REASON_LIMIT_MEMORY, "out of memory");
    return false;
  }
  decoder->measurement = assay_meter_end(decoder->meter);
  return true;
}
