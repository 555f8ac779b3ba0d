/* PNG: libdeflate inflates all image data at once where memory allows, and our own kernels take plain rows from there.
 * What is not plain, not sound or too large goes through libpng; of damaged data the rows before the damage count. */

#include <stdlib.h>
#include <string.h>

#include <libdeflate.h>

#include "png_decoding.h"

struct png_state {
  struct libdeflate_decompressor *inflater;
  buffer_t data; /* the IDAT bytes together */
  buffer_t raw;  /* a row of zeros, and all filtered rows */
  buffer_t line; /* palette indices of a row */
};

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
  buffer_free(&state->data);
  buffer_free(&state->raw);
  buffer_free(&state->line);
  free(state);
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
  if (file->data_bytes > INT32_MAX) {
    report_failure(report, ASSAY_OUTCOME_REFUSED, ASSAY_REASON_LIMIT_MEMORY, "2 GiB of image data or more");
    return false;
  }
  if (file->data_bytes == 0) {
    assay_reason_t reason = file->ended ? ASSAY_REASON_CORRUPT_DATA : ASSAY_REASON_TRUNCATED;
    report_failure(report, ASSAY_OUTCOME_UNDECODABLE, reason, "no image data");
    return false;
  }
  return true;
}

static void report_no_memory(assay_decoder_t *decoder)
{
  report_failure(&decoder->report, ASSAY_OUTCOME_REFUSED, ASSAY_REASON_LIMIT_MEMORY, "out of memory");
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

/* Starts the sink and brings the image data together. False with the report written. */
static bool prepare(png_decoding_t *decoding, const uint8_t *bytes, size_t count)
{
  assay_decoder_t *decoder = decoding->decoder;
  const png_file_t *file = decoding->file;
  const png_layout_t *layout = &file->layout;
  uint64_t extra = png_library_memory(layout->width) + layout->width;
  if (file->data == NULL) extra += file->data_bytes;
  uint32_t bits = layout->depth == 16 ? 16 : 8;
  if (!sink_begin(
        decoder, layout->width, layout->height, png_channels(layout), bits, layout->interlaced, extra)) {
    return false;
  }
  decoding->data = one_piece(decoder->png, file, bytes, count);
  if (decoding->data == NULL || buffer_reserve(&decoder->png->line, layout->width) == NULL) {
    report_no_memory(decoder);
    return false;
  }
  return true;
}

/* Inflates everything, if that fits the memory that is left. Data are sound if they give all rows, their checksum
 * holds, and nothing follows them. */
static void inflate_all(png_decoding_t *decoding)
{
  assay_decoder_t *decoder = decoding->decoder;
  png_state_t *state = decoder->png;
  const png_file_t *file = decoding->file;
  uint64_t size = png_inflated_bytes(&file->layout), row = 4 * (uint64_t)file->layout.width;
  if (row + size > decoder->request.max_memory - decoder->sink.memory) return;
  uint8_t *out = buffer_reserve(&state->raw, row + size);
  if (out == NULL) return;
  memset(out, 0, row);
  size_t used = 0, made = 0;
  enum libdeflate_result result = libdeflate_zlib_decompress_ex(
    state->inflater, decoding->data, file->data_bytes, out + row, size, &used, &made);
  decoding->is_verified = true;
  if (result != LIBDEFLATE_SUCCESS || made != size || used != file->data_bytes) return;
  decoding->inflated = out + row;
  decoding->inflated_bytes = size;
}

/* Takes the image to the sink; false if its data are damaged. */
static bool decode_rows(png_decoding_t *decoding)
{
  assay_decoder_t *decoder = decoding->decoder;
  inflate_all(decoding);
  bool is_plain = png_is_plain(&decoding->file->layout) && !decoder->request.force_libpng;
  if (decoding->inflated != NULL && is_plain && png_take_inflated(decoding, decoder->png->raw.bytes)) return true;
  png_decode_by_library(decoding, decoder->png->line.bytes);
  bool is_known_damage = decoding->is_verified && decoding->inflated == NULL;
  return !is_known_damage && decoding->message[0] == 0;
}

static void report_nothing(const png_decoding_t *decoding)
{
  assay_report_t *report = &decoding->decoder->report;
  assay_reason_t reason = decoding->file->ended || decoding->is_corrupt ? ASSAY_REASON_CORRUPT_DATA
                                                                        : ASSAY_REASON_TRUNCATED;
  report_failure(report, ASSAY_OUTCOME_UNDECODABLE, reason, "no row could be decompressed");
}

/* Says what is wrong with an image of which rows came out; the first reason counts. */
static void report_rows(const png_decoding_t *decoding, bool is_sound)
{
  const png_file_t *file = decoding->file;
  assay_report_t *report = &decoding->decoder->report;
  report->stored_rows = decoding->rows;
  bool is_short = decoding->rows < file->layout.height;
  if (is_short && !file->ended && !decoding->is_corrupt) {
    report_damage(report, ASSAY_REASON_TRUNCATED, "image data end early");
  }
  if (file->fault != ASSAY_REASON_NONE) report_damage(report, file->fault, file->fault_text);
  const char *message = decoding->message[0] != 0 ? decoding->message : "compressed image data are damaged";
  if (is_short) report_damage(report, ASSAY_REASON_CORRUPT_DATA, message);
  if (!file->ended) report_damage(report, ASSAY_REASON_MISSING_END, "no IEND chunk");
  if (!is_sound) report_damage(report, ASSAY_REASON_CORRUPT_DATA, message);
  if (decoding->bad_index) report_damage(report, ASSAY_REASON_CORRUPT_DATA, "palette index without an entry");
}

static void decode(png_decoding_t *decoding)
{
  bool is_sound = decode_rows(decoding);
  if (decoding->out_of_memory) {
    report_no_memory(decoding->decoder);
  } else if (!decoding->any_pixels) {
    report_nothing(decoding);
  } else {
    report_rows(decoding, is_sound);
    sink_end(decoding->decoder);
  }
}

assay_report_t assay_decode_png(
  assay_decoder_t *decoder, const uint8_t *bytes, size_t count, const assay_request_t *request)
{
  decoder_reset(decoder, request);
  if (png_state(decoder) == NULL) {
    report_no_memory(decoder);
    return decoder->report;
  }
  png_file_t file;
  png_walk(&file, bytes, count);
  png_decoding_t decoding = {.decoder = decoder, .file = &file};
  if (can_decode(decoder, &file) && prepare(&decoding, bytes, count)) decode(&decoding);
  return decoder->report;
}
