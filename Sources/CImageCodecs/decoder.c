/* A decoder's life, its limits and its report. */

#include "decoder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint8_t *buffer_reserve(buffer_t *buffer, size_t size)
{
  if (size > buffer->size) {
    size_t rounded = (size + 63) / 64 * 64;
    free(buffer->bytes);
    buffer->size = 0;
    buffer->bytes = aligned_alloc(64, rounded);
    if (buffer->bytes == NULL) return NULL;
    buffer->size = rounded;
  }
  return buffer->bytes;
}

void buffer_free(buffer_t *buffer)
{
  free(buffer->bytes);
  buffer->bytes = NULL;
  buffer->size = 0;
}

assay_decoder_t *assay_decoder_create(void)
{
  assay_decoder_t *decoder = calloc(1, sizeof *decoder);
  if (decoder == NULL) return NULL;
  decoder->meter = assay_meter_create();
  if (decoder->meter == NULL) {
    free(decoder);
    return NULL;
  }
  return decoder;
}

void assay_decoder_destroy(assay_decoder_t *decoder)
{
  if (decoder == NULL) return;
  jpeg_state_destroy(decoder->jpeg);
  png_state_destroy(decoder->png);
  assay_meter_destroy(decoder->meter);
  buffer_t *buffers[] = {
    &decoder->scratch, &decoder->narrowed, &decoder->stored, &decoder->oriented, &decoder->tight};
  for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++) buffer_free(buffers[i]);
  free(decoder);
}

void decoder_reset(assay_decoder_t *decoder, const assay_request_t *request)
{
  decoder->measurement = NULL;
  decoder->request = *request;
  if (request->orientation < 1 || request->orientation > 8) decoder->request.orientation = 1;
  memset(&decoder->report, 0, sizeof decoder->report);
  memset(&decoder->sink, 0, sizeof decoder->sink);
  memset(&decoder->frame, 0, sizeof decoder->frame);
  if (request->collect_values) memset(decoder->values, 0, sizeof decoder->values);
}

bool decoder_admits(assay_decoder_t *decoder, uint32_t width, uint32_t height)
{
  const assay_request_t *request = &decoder->request;
  assay_reason_t reason = ASSAY_REASON_NONE;
  char message[96];
  snprintf(message, sizeof message, "%u x %u pixels", width, height);
  if (width > request->max_width || width > ASSAY_MAX_SIDE) {
    reason = ASSAY_REASON_LIMIT_WIDTH;
  } else if (height > request->max_height || height > ASSAY_MAX_SIDE) {
    reason = ASSAY_REASON_LIMIT_HEIGHT;
  } else if ((uint64_t)width * height > request->max_pixels
      || (uint64_t)width * height > ASSAY_MAX_PIXELS) {
    reason = ASSAY_REASON_LIMIT_PIXELS;
  }
  if (reason == ASSAY_REASON_NONE) return true;
  report_failure(&decoder->report, ASSAY_OUTCOME_REFUSED, reason, message);
  return false;
}

void report_message(assay_report_t *report, const char *message)
{
  if (report->message[0] != 0) return;
  snprintf(report->message, sizeof report->message, "%s", message);
}

void report_damage(assay_report_t *report, assay_reason_t reason, const char *message)
{
  if (report->outcome != ASSAY_OUTCOME_OK) return;
  report->outcome = ASSAY_OUTCOME_DAMAGED;
  report->reason = reason;
  report_message(report, message);
}

void report_failure(
  assay_report_t *report, assay_outcome_t outcome, assay_reason_t reason, const char *message)
{
  report->outcome = outcome;
  report->reason = reason;
  report_message(report, message);
}

const assay_measurement_t *assay_decoder_measurement(const assay_decoder_t *decoder)
{
  return decoder->measurement;
}

void assay_decoder_turned_hashes(const assay_decoder_t *decoder, uint64_t hashes[ASSAY_TURNS])
{
  assay_meter_turned_hashes(decoder->meter, hashes);
}

assay_frame_t assay_decoder_frame(const assay_decoder_t *decoder) { return decoder->frame; }

const uint64_t *assay_decoder_values(const assay_decoder_t *decoder) { return decoder->values; }
