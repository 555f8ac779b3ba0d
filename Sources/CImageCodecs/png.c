/* PNG: libdeflate inflates all image data at once where memory allows; zlib streams it where memory does not, and where
 * the data are damaged, for then the rows before the damage still count. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libdeflate.h>
#include <zlib.h>

#include "png_chunks.h"

struct png_state {
  struct libdeflate_decompressor *inflater;
  z_stream stream;
  bool has_stream;
  buffer_t data;  /* the IDAT bytes together */
  buffer_t raw;   /* filtered rows: all of them, or two when streaming */
  buffer_t zeros; /* the row above the first */
  buffer_t line;  /* an expanded row of an interlaced pass */
};

/* Where filtered rows come from. */
typedef struct {
  png_state_t *state;
  bool streaming;
  uint8_t *next; /* whole: the next row */
  size_t half;   /* streaming: room for a row; two of them take turns */
  uint32_t turn;
  bool is_corrupt; /* the compressed data are wrong, and not only short */
} row_source_t;

static png_state_t *png_state(assay_decoder_t *decoder)
{
  if (decoder->png != NULL) return decoder->png;
  png_state_t *state = calloc(1, sizeof *state);
  if (state == NULL) return NULL;
  state->inflater = libdeflate_alloc_decompressor();
  if (state->inflater == NULL) {
    free(state);
    return NULL;
  }
  decoder->png = state;
  return state;
}

void png_state_destroy(png_state_t *state)
{
  if (state == NULL) return;
  libdeflate_free_decompressor(state->inflater);
  if (state->has_stream) inflateEnd(&state->stream);
  buffer_free(&state->data);
  buffer_free(&state->raw);
  buffer_free(&state->zeros);
  buffer_free(&state->line);
  free(state);
}

/* The seven passes of Adam7: first column and row, steps; one pass for an image that is not interlaced. */
typedef struct {
  uint32_t x, y, step_x, step_y;
} pass_t;

static const pass_t adam7[7] = {
  {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2},
};
static const pass_t progressive_only = {0, 0, 1, 1};

static uint32_t pass_extent(uint32_t side, uint32_t first, uint32_t step)
{
  return side <= first ? 0 : (side - first + step - 1) / step;
}

/* Bytes of all filtered rows. */
static uint64_t raw_bytes(const png_layout_t *layout)
{
  if (!layout->interlaced) return (png_row_bytes(layout, layout->width) + 1) * (uint64_t)layout->height;
  uint64_t sum = 0;
  for (int i = 0; i < 7; i++) {
    uint32_t width = pass_extent(layout->width, adam7[i].x, adam7[i].step_x);
    uint32_t height = pass_extent(layout->height, adam7[i].y, adam7[i].step_y);
    if (width > 0) sum += (png_row_bytes(layout, width) + 1) * (uint64_t)height;
  }
  return sum;
}

static bool start_stream(png_state_t *state, const uint8_t *data, size_t count)
{
  int status = state->has_stream ? inflateReset(&state->stream) : inflateInit(&state->stream);
  if (status != Z_OK) return false;
  state->has_stream = true;
  state->stream.next_in = (Bytef *)(uintptr_t)data;
  state->stream.avail_in = (uInt)count;
  return true;
}

/* Opens the rows: whole if they fit and are sound, streaming otherwise. False where memory is short. */
static bool open_rows(
  row_source_t *source, assay_decoder_t *decoder, const png_file_t *file, const uint8_t *data, uint64_t budget)
{
  png_state_t *state = source->state;
  uint64_t whole = raw_bytes(&file->layout);
  if (whole <= budget) {
    uint8_t *out = buffer_reserve(&state->raw, whole);
    if (out == NULL) return false;
    size_t used = 0, made = 0;
    enum libdeflate_result result = libdeflate_zlib_decompress_ex(
      state->inflater, data, file->data_bytes, out, whole, &used, &made);
    if (result == LIBDEFLATE_SUCCESS && made == whole) {
      if (used < file->data_bytes) {
        report_damage(&decoder->report, ASSAY_REASON_CORRUPT_DATA, "bytes after the compressed image data");
      }
      source->next = out;
      return true;
    }
  }
  source->streaming = true;
  source->half = png_row_bytes(&file->layout, file->layout.width) + 1 + 64;
  return buffer_reserve(&state->raw, 2 * source->half) != NULL
    && start_stream(state, data, file->data_bytes);
}

/* The next filtered row of `count` bytes, its filter byte first, or null where there are no more. */
static uint8_t *next_row(row_source_t *source, size_t count)
{
  if (!source->streaming) {
    uint8_t *row = source->next;
    source->next += count;
    return row;
  }
  z_stream *stream = &source->state->stream;
  uint8_t *row = source->state->raw.bytes + source->half * (source->turn++ % 2);
  stream->next_out = row;
  stream->avail_out = (uInt)count;
  while (stream->avail_out > 0) {
    int status = inflate(stream, Z_SYNC_FLUSH);
    if (stream->avail_out == 0) break;
    if (status == Z_OK && stream->avail_in > 0) continue;
    source->is_corrupt = status != Z_OK && status != Z_BUF_ERROR;
    return NULL;
  }
  return row;
}

/* After the last row of a stream: whether it ended as it should. */
static void check_stream_end(row_source_t *source, assay_report_t *report)
{
  if (!source->streaming) return;
  z_stream *stream = &source->state->stream;
  uint8_t surplus[1];
  stream->next_out = surplus;
  stream->avail_out = 1;
  int status = inflate(stream, Z_FINISH);
  if (status == Z_STREAM_END && stream->avail_out == 1 && stream->avail_in == 0) return;
  report_damage(report, ASSAY_REASON_CORRUPT_DATA, "compressed image data do not end where they should");
}

typedef struct {
  assay_decoder_t *decoder;
  const png_file_t *file;
  row_source_t source;
  bool bad_index;
  bool any_row;
} png_job_t;

static void take_row(png_job_t *job, const uint8_t *row, uint32_t width, uint8_t *out)
{
  const png_layout_t *layout = &job->file->layout;
  if (!png_expand_row(layout, row, width, out)) job->bad_index = true;
  if (job->decoder->request.collect_values) png_collect_row(layout, row, width, job->decoder->values);
  job->any_row = true;
}

/* Spreads the pixels of a row of a pass over the frame. */
static void scatter(uint8_t *out, const uint8_t *line, uint32_t width, size_t pixel, size_t step)
{
  for (uint32_t x = 0; x < width; x++) memcpy(out + x * step * pixel, line + x * pixel, pixel);
}

/* Decodes one pass; returns the rows that came out. */
static uint32_t decode_pass(png_job_t *job, const pass_t *pass, uint8_t *frame)
{
  const png_layout_t *layout = &job->file->layout;
  const sink_t *sink = &job->decoder->sink;
  uint32_t width = pass_extent(layout->width, pass->x, pass->step_x);
  uint32_t height = width == 0 ? 0 : pass_extent(layout->height, pass->y, pass->step_y);
  size_t count = png_row_bytes(layout, width);
  size_t distance = (png_samples(layout) * layout->depth + 7) / 8;
  png_state_t *state = job->source.state;
  const uint8_t *above = state->zeros.bytes;
  for (uint32_t y = 0; y < height; y++) {
    uint8_t *row = next_row(&job->source, count + 1);
    if (row == NULL) return y;
    if (!png_unfilter(row[0], row + 1, above, count, distance)) {
      job->source.is_corrupt = true;
      return y;
    }
    above = row + 1;
    if (frame == NULL) {
      take_row(job, above, width, sink_rows(job->decoder));
      sink_commit(job->decoder, 1);
    } else {
      take_row(job, above, width, state->line.bytes);
      size_t at = (size_t)(pass->y + y * pass->step_y) * sink->stride + (size_t)pass->x * sink->pixel_size;
      scatter(frame + at, state->line.bytes, width, sink->pixel_size, pass->step_x);
    }
  }
  return height;
}

/* Decodes the seven passes into the frame; returns the rows of the image that are whole. */
static uint32_t decode_interlaced(png_job_t *job)
{
  const png_layout_t *layout = &job->file->layout;
  uint8_t *frame = sink_frame(job->decoder);
  for (int i = 0; i < 7; i++) {
    uint32_t rows = decode_pass(job, &adam7[i], frame);
    uint32_t width = pass_extent(layout->width, adam7[i].x, adam7[i].step_x);
    uint32_t height = width == 0 ? 0 : pass_extent(layout->height, adam7[i].y, adam7[i].step_y);
    if (rows < height) return i == 6 ? 2 * rows : 0;
  }
  return layout->height;
}

static void decode_rows(png_job_t *job)
{
  assay_decoder_t *decoder = job->decoder;
  const png_file_t *file = job->file;
  assay_report_t *report = &decoder->report;
  uint32_t rows = file->layout.interlaced ? decode_interlaced(job)
                                          : decode_pass(job, &progressive_only, NULL);
  report->stored_rows = rows;
  bool is_short = rows < file->layout.height;
  if (!job->any_row) {
    assay_reason_t reason = file->ended || job->source.is_corrupt ? ASSAY_REASON_CORRUPT_DATA
                                                                  : ASSAY_REASON_TRUNCATED;
    report_failure(report, ASSAY_OUTCOME_UNDECODABLE, reason, "no row could be decompressed");
    return;
  }
  if (is_short && !file->ended && !job->source.is_corrupt) {
    report_damage(report, ASSAY_REASON_TRUNCATED, "image data end early");
  }
  if (file->fault != ASSAY_REASON_NONE) report_damage(report, file->fault, file->fault_text);
  if (is_short) report_damage(report, ASSAY_REASON_CORRUPT_DATA, "image data cannot be decompressed");
  if (!file->ended) report_damage(report, ASSAY_REASON_MISSING_END, "no IEND chunk");
  if (!is_short) check_stream_end(&job->source, report);
  if (job->bad_index) report_damage(report, ASSAY_REASON_CORRUPT_DATA, "palette index without an entry");
  sink_end(decoder);
}

/* Reports what keeps a file from being decoded at all; true if there is nothing of the kind. */
static bool can_decode(assay_decoder_t *decoder, const png_file_t *file)
{
  assay_report_t *report = &decoder->report;
  if (file->header_is_foreign) {
    report_failure(report, ASSAY_OUTCOME_UNSUPPORTED, ASSAY_REASON_UNSUPPORTED, "CgBI variant");
    return false;
  }
  if (!file->has_header) {
    report_failure(report, ASSAY_OUTCOME_UNDECODABLE, ASSAY_REASON_BAD_HEADER, "no valid IHDR chunk");
    return false;
  }
  report->stored_height = file->layout.height;
  if (!decoder_admits(decoder, file->layout.width, file->layout.height)) return false;
  if (file->layout.color_type == 3 && !file->has_palette) {
    report_failure(report, ASSAY_OUTCOME_UNDECODABLE, ASSAY_REASON_BAD_HEADER, "no palette");
    return false;
  }
  if (file->data_bytes > UINT32_MAX) {
    report_failure(report, ASSAY_OUTCOME_REFUSED, ASSAY_REASON_LIMIT_MEMORY, "more than 4 GiB of image data");
    return false;
  }
  if (file->data_bytes == 0) {
    assay_reason_t reason = file->ended ? ASSAY_REASON_CORRUPT_DATA : ASSAY_REASON_TRUNCATED;
    report_failure(report, ASSAY_OUTCOME_UNDECODABLE, reason, "no image data");
    return false;
  }
  return true;
}

/* The IDAT bytes in one piece, or null where memory is short. */
static const uint8_t *one_piece(
  png_state_t *state, const png_file_t *file, const uint8_t *bytes, size_t count)
{
  if (file->data != NULL) return file->data;
  uint8_t *out = buffer_reserve(&state->data, file->data_bytes);
  if (out != NULL) png_gather(bytes, count, out);
  return out;
}

static bool prepare(png_job_t *job, const uint8_t *bytes, size_t count)
{
  assay_decoder_t *decoder = job->decoder;
  const png_layout_t *layout = &job->file->layout;
  png_state_t *state = job->source.state;
  uint64_t row = png_row_bytes(layout, layout->width) + 1;
  uint64_t extra = 4 * row + (job->file->data == NULL ? job->file->data_bytes : 0);
  uint32_t bits = layout->depth == 16 ? 16 : 8;
  if (!sink_begin(
        decoder, layout->width, layout->height, png_channels(layout), bits, layout->interlaced, extra)) {
    return false;
  }
  uint8_t *zeros = buffer_reserve(&state->zeros, row);
  if (zeros != NULL) memset(zeros, 0, row);
  uint64_t budget = decoder->request.max_memory - decoder->sink.memory;
  const uint8_t *data = one_piece(state, job->file, bytes, count);
  if (zeros != NULL && data != NULL && buffer_reserve(&state->line, decoder->sink.stride) != NULL
      && open_rows(&job->source, decoder, job->file, data, budget)) {
    return true;
  }
  report_failure(&decoder->report, ASSAY_OUTCOME_REFUSED, ASSAY_REASON_LIMIT_MEMORY, "out of memory");
  return false;
}

assay_report_t assay_decode_png(
  assay_decoder_t *decoder, const uint8_t *bytes, size_t count, const assay_request_t *request)
{
  decoder_reset(decoder, request);
  png_state_t *state = png_state(decoder);
  if (state == NULL) {
    report_failure(
      &decoder->report, ASSAY_OUTCOME_REFUSED, ASSAY_REASON_LIMIT_MEMORY, "out of memory");
    return decoder->report;
  }
  png_file_t file;
  png_walk(&file, bytes, count);
  png_job_t job = {.decoder = decoder, .file = &file, .source = {.state = state}};
  if (can_decode(decoder, &file) && prepare(&job, bytes, count)) decode_rows(&job);
  return decoder->report;
}
