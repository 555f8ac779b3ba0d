/* JPEG by libjpeg-turbo. Its longjmp stays inside decode_guarded; what the jump must not lose lives in the state. */

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include <jerror.h>

#include "decoder.h"

typedef enum { IN_HEADER, IN_START, IN_ROWS, IN_END, DONE } phase_t;

struct jpeg_state {
  struct jpeg_decompress_struct decompress;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  jmp_buf jump;
  assay_decoder_t *decoder;
  phase_t phase;
  int error_code;       /* of the error that ended decoding */
  bool too_many_scans;
  bool ran_out;         /* the source ended before the end marker */
  bool incomplete;      /* coefficients were missing */
  bool unrefined;       /* a progressive image's scans left coefficients short of bits */
  bool other_warning;
  bool has_scan_data;   /* anything came after the first scan's header */
  uint32_t rows_before; /* rows out when the first warning came */
};

static jpeg_state_t *state_of(j_common_ptr info) { return (jpeg_state_t *)info->client_data; }

static void keep_message(j_common_ptr info)
{
  char message[JMSG_LENGTH_MAX];
  (*info->err->format_message)(info, message);
  report_message(&state_of(info)->decoder->report, message);
}

static void on_error(j_common_ptr info)
{
  jpeg_state_t *state = state_of(info);
  state->error_code = info->err->msg_code;
  keep_message(info);
  longjmp(state->jump, 1);
}

static void on_message(j_common_ptr info, int level)
{
  if (level >= 0) return;
  jpeg_state_t *state = state_of(info);
  assay_report_t *report = &state->decoder->report;
  if (report->warnings++ == 0) {
    keep_message(info);
    state->rows_before = state->phase == IN_ROWS ? state->decompress.output_scanline
      : state->phase == IN_END ? state->decompress.output_height : 0;
  }
  switch (info->err->msg_code) {
  case JWRN_JPEG_EOF: state->ran_out = true; break;
  case JWRN_HIT_MARKER: state->incomplete = true; break;
  default: state->other_warning = true; break;
  }
}

static void ignore_output(j_common_ptr info) { (void)info; }

static void on_progress(j_common_ptr info)
{
  jpeg_state_t *state = state_of(info);
  if (state->decompress.input_scan_number <= (int)state->decoder->request.max_scans) return;
  state->too_many_scans = true;
  longjmp(state->jump, 1);
}

/* The state, made on first use; null where memory is short. */
static jpeg_state_t *jpeg_state(assay_decoder_t *decoder)
{
  if (decoder->jpeg != NULL) return decoder->jpeg;
  jpeg_state_t *state = calloc(1, sizeof *state);
  if (state == NULL) return NULL;
  struct jpeg_decompress_struct *info = &state->decompress;
  info->err = jpeg_std_error(&state->errors);
  state->errors.error_exit = on_error;
  state->errors.emit_message = on_message;
  state->errors.output_message = ignore_output;
  info->client_data = state;
  state->decoder = decoder;
  if (setjmp(state->jump) != 0) {
    free(state);
    return NULL;
  }
  jpeg_create_decompress(info);
  state->progress.progress_monitor = on_progress;
  info->progress = &state->progress;
  decoder->jpeg = state;
  return state;
}

void jpeg_state_destroy(jpeg_state_t *state)
{
  if (state == NULL) return;
  jpeg_destroy_decompress(&state->decompress);
  free(state);
}

/* Bytes of coefficients that libjpeg holds: all of them where there are several scans. */
static uint64_t coefficient_memory(struct jpeg_decompress_struct *info)
{
  uint64_t blocks = 0;
  for (int i = 0; i < info->num_components; i++) {
    const jpeg_component_info *component = &info->comp_info[i];
    uint64_t rows = jpeg_has_multiple_scans(info) ? component->height_in_blocks : 4;
    blocks += (uint64_t)(component->width_in_blocks + 4) * (rows + 4);
  }
  return blocks * sizeof(JBLOCK);
}

/* Chooses what libjpeg is to give us; 0 channels for what it cannot. */
static uint32_t choose_output(struct jpeg_decompress_struct *info)
{
  info->dct_method = JDCT_ISLOW;
  info->do_fancy_upsampling = TRUE;
  info->do_block_smoothing = FALSE;
  switch (info->num_components) {
  case 1: info->out_color_space = JCS_GRAYSCALE; return 1;
  case 3: info->out_color_space = JCS_EXT_RGBX; return 3;
  case 4: info->out_color_space = JCS_CMYK; return 3;
  default: return 0;
  }
}

static uint8_t product(uint32_t a, uint32_t b) { return (uint8_t)((a * b + 127) / 255); }

/* CMYK to RGBX in place: R = (255 - C)(255 - K) / 255, rounded. Adobe stores the complements. */
static void convert_cmyk(uint8_t *row, uint32_t width, bool inverted)
{
  uint8_t flip = inverted ? 0 : 255;
  for (uint32_t x = 0; x < width; x++, row += 4) {
    uint32_t black = row[3] ^ flip;
    for (int c = 0; c < 3; c++) row[c] = product(row[c] ^ flip, black);
    row[3] = 255;
  }
}

static void collect_row(assay_decoder_t *decoder, const uint8_t *row)
{
  const sink_t *sink = &decoder->sink;
  for (uint32_t x = 0; x < sink->width; x++, row += sink->pixel_size) {
    for (uint32_t c = 0; c < sink->channels; c++) collect_value(decoder, row[c]);
  }
}

static void read_rows(jpeg_state_t *state)
{
  struct jpeg_decompress_struct *info = &state->decompress;
  assay_decoder_t *decoder = state->decoder;
  const sink_t *sink = &decoder->sink;
  while (info->output_scanline < info->output_height) {
    JSAMPROW rows[SINK_ROWS];
    uint8_t *slot = sink_rows(decoder);
    uint32_t left = info->output_height - info->output_scanline;
    uint32_t count = left < SINK_ROWS ? left : SINK_ROWS;
    for (uint32_t i = 0; i < count; i++) rows[i] = slot + sink->stride * i;
    uint32_t read = jpeg_read_scanlines(info, rows, count);
    for (uint32_t i = 0; i < read; i++) {
      if (info->num_components == 4) convert_cmyk(rows[i], sink->width, info->saw_Adobe_marker);
      if (decoder->request.collect_values) collect_row(decoder, rows[i]);
    }
    sink_commit(decoder, read);
  }
}

/* Whether a progressive image's scans left any coefficient unrefined. */
static bool has_all_bits(const struct jpeg_decompress_struct *info)
{
  if (!info->progressive_mode || info->coef_bits == NULL) return true;
  for (int c = 0; c < info->num_components; c++) {
    for (int k = 0; k < DCTSIZE2; k++) {
      if (info->coef_bits[c][k] != 0) return false;
    }
  }
  return true;
}

/* Everything that can jump. Returns normally or not, `phase` says how far it came. */
static void decode_guarded(jpeg_state_t *state, const uint8_t *bytes, size_t count)
{
  struct jpeg_decompress_struct *info = &state->decompress;
  assay_decoder_t *decoder = state->decoder;
  if (setjmp(state->jump) != 0) return;
  jpeg_mem_src(info, bytes, count);
  jpeg_read_header(info, TRUE);
  state->has_scan_data = info->src->bytes_in_buffer > 0 && !state->ran_out;
  decoder->report.stored_height = info->image_height;
  if (!decoder_admits(decoder, info->image_width, info->image_height)) return;
  uint32_t channels = choose_output(info);
  if (channels == 0) {
    report_failure(
      &decoder->report, ASSAY_OUTCOME_UNSUPPORTED, ASSAY_REASON_UNSUPPORTED, "neither 1, 3 nor 4 components");
    return;
  }
  uint64_t memory = coefficient_memory(info);
  if (!sink_begin(decoder, info->image_width, info->image_height, channels, 8, false, memory)) return;
  state->phase = IN_START;
  jpeg_start_decompress(info);
  state->phase = IN_ROWS;
  read_rows(state);
  state->unrefined = !has_all_bits(info);
  state->phase = IN_END;
  jpeg_finish_decompress(info);
  state->phase = DONE;
}

static bool is_unsupported(int code)
{
  switch (code) {
  case JERR_SOF_UNSUPPORTED:
  case JERR_BAD_PRECISION:
  case JERR_ARITH_NOTIMPL:
  case JERR_CONVERSION_NOTIMPL:
  case JERR_NOT_COMPILED:
  case JERR_CCIR601_NOTIMPL:
  case JERR_FRACT_SAMPLE_NOTIMPL:
  case JERR_COMPONENT_COUNT: return true;
  default: return false;
  }
}

/* The report of an image of which no row can be used. */
static void report_nothing(jpeg_state_t *state)
{
  assay_report_t *report = &state->decoder->report;
  if (state->too_many_scans) {
    report->message[0] = 0;
    report_failure(report, ASSAY_OUTCOME_REFUSED, ASSAY_REASON_LIMIT_SCANS, "more scans than allowed");
  } else if (state->error_code == JERR_OUT_OF_MEMORY) {
    report_failure(report, ASSAY_OUTCOME_REFUSED, ASSAY_REASON_LIMIT_MEMORY, "out of memory");
  } else if (is_unsupported(state->error_code)) {
    report_failure(report, ASSAY_OUTCOME_UNSUPPORTED, ASSAY_REASON_UNSUPPORTED, "");
  } else {
    assay_reason_t reason = state->ran_out ? ASSAY_REASON_TRUNCATED
      : state->phase == IN_HEADER          ? ASSAY_REASON_BAD_HEADER
                                           : ASSAY_REASON_CORRUPT_DATA;
    report_failure(report, ASSAY_OUTCOME_UNDECODABLE, reason, "no image data");
  }
}

/* The report of an image of which rows came out. */
static void report_rows(jpeg_state_t *state)
{
  assay_report_t *report = &state->decoder->report;
  if (state->ran_out && (state->incomplete || state->unrefined || state->phase == IN_ROWS)) {
    report_damage(report, ASSAY_REASON_TRUNCATED, "");
  } else if (state->other_warning || state->incomplete || state->phase != DONE) {
    report_damage(report, ASSAY_REASON_CORRUPT_DATA, "");
  } else if (state->ran_out) {
    report_damage(report, ASSAY_REASON_MISSING_END, "");
  }
  report->stored_rows = report->warnings > 0 ? state->rows_before : state->decoder->sink.rows;
}

assay_report_t assay_decode_jpeg(
  assay_decoder_t *decoder, const uint8_t *bytes, size_t count, const assay_request_t *request)
{
  decoder_reset(decoder, request);
  assay_report_t *report = &decoder->report;
  jpeg_state_t *state = jpeg_state(decoder);
  if (state == NULL) {
    report_failure(report, ASSAY_OUTCOME_REFUSED, ASSAY_REASON_LIMIT_MEMORY, "out of memory");
    return *report;
  }
  state->phase = IN_HEADER;
  state->error_code = 0;
  state->too_many_scans = state->ran_out = state->incomplete = state->other_warning = false;
  state->unrefined = false;
  state->has_scan_data = false;
  state->rows_before = 0;
  decode_guarded(state, bytes, count);
  jpeg_abort_decompress(&state->decompress);
  if (report->outcome != ASSAY_OUTCOME_OK) return *report;
  if (state->phase < IN_ROWS || decoder->sink.rows == 0 || !state->has_scan_data) {
    report_nothing(state);
  } else {
    report_rows(state);
    sink_end(decoder);
  }
  return *report;
}
