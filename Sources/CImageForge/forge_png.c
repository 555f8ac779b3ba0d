/* PNG encoding: packing, filtering and interlacing by the book, compression by libdeflate. */

#include <stdlib.h>
#include <string.h>

#include <libdeflate.h>

#include "assay_forge.h"

/* Bytes that grow; `failed` sticks. */
typedef struct {
  uint8_t *bytes;
  size_t count, size;
  bool failed;
} writer_t;

static void put(writer_t *writer, const void *bytes, size_t count)
{
  if (writer->failed || count == 0) return;
  if (writer->count + count > writer->size) {
    size_t size = 2 * (writer->count + count);
    uint8_t *grown = realloc(writer->bytes, size);
    if (grown == NULL) {
      writer->failed = true;
      return;
    }
    writer->bytes = grown;
    writer->size = size;
  }
  memcpy(writer->bytes + writer->count, bytes, count);
  writer->count += count;
}

static void put_long(writer_t *writer, uint32_t value)
{
  uint8_t bytes[4] = {(uint8_t)(value >> 24), (uint8_t)(value >> 16), (uint8_t)(value >> 8), (uint8_t)value};
  put(writer, bytes, 4);
}

static void put_chunk(writer_t *writer, const char *type, const void *data, size_t count)
{
  put_long(writer, (uint32_t)count);
  size_t start = writer->count;
  put(writer, type, 4);
  put(writer, data, count);
  if (!writer->failed) put_long(writer, libdeflate_crc32(0, writer->bytes + start, writer->count - start));
}

static uint32_t samples_of(uint8_t color_type)
{
  switch (color_type) {
  case 2: return 3;
  case 4: return 2;
  case 6: return 4;
  default: return 1;
  }
}

/* Packs one sample at position `i` of a zeroed row. */
static void pack(uint8_t *row, size_t i, uint16_t sample, uint32_t depth)
{
  if (depth == 16) {
    row[2 * i] = (uint8_t)(sample >> 8);
    row[2 * i + 1] = (uint8_t)sample;
  } else {
    size_t bit = i * depth;
    row[bit / 8] |= (uint8_t)(sample << (8 - depth - bit % 8));
  }
}

static uint8_t predict(uint8_t filter, int left, int up, int corner)
{
  switch (filter) {
  case 1: return (uint8_t)left;
  case 2: return (uint8_t)up;
  case 3: return (uint8_t)((left + up) / 2);
  case 4: {
    int estimate = left + up - corner;
    int a = abs(estimate - left), b = abs(estimate - up), c = abs(estimate - corner);
    return (uint8_t)(a <= b && a <= c ? left : b <= c ? up : corner);
  }
  default: return 0;
  }
}

static void put_row(
  writer_t *writer, uint8_t filter, const uint8_t *row, const uint8_t *above, size_t count, size_t bpp)
{
  put(writer, &filter, 1);
  for (size_t i = 0; i < count; i++) {
    int left = i >= bpp ? row[i - bpp] : 0, corner = i >= bpp ? above[i - bpp] : 0;
    uint8_t byte = (uint8_t)(row[i] - predict(filter, left, above[i], corner));
    put(writer, &byte, 1);
  }
}

/* Writes the pixels x0, x0 + dx ... of the rows y0, y0 + dy ... as filtered rows. */
static void put_pass(
  writer_t *writer, const assay_forge_png_t *recipe, uint32_t x0, uint32_t y0, uint32_t dx, uint32_t dy)
{
  if (x0 >= recipe->width) return;
  size_t samples = samples_of(recipe->color_type);
  size_t width = (recipe->width - x0 + dx - 1) / dx;
  size_t count = (width * samples * recipe->depth + 7) / 8, bpp = (samples * recipe->depth + 7) / 8;
  uint8_t *rows = calloc(2, count);
  if (rows == NULL) {
    writer->failed = true;
    return;
  }
  uint32_t number = 0;
  for (uint32_t y = y0; y < recipe->height; y += dy, number++) {
    uint8_t *row = rows + count * (number % 2), *above = rows + count * ((number + 1) % 2);
    memset(row, 0, count);
    for (size_t x = 0; x < width; x++) {
      const uint16_t *pixel = recipe->samples + ((size_t)y * recipe->width + x0 + x * dx) * samples;
      for (size_t c = 0; c < samples; c++) pack(row, x * samples + c, pixel[c], recipe->depth);
    }
    uint8_t filter = recipe->filter == 5 ? (uint8_t)((number + x0) % 5) : recipe->filter;
    put_row(writer, filter, row, above, count, bpp);
  }
  free(rows);
}

static void put_rows(writer_t *writer, const assay_forge_png_t *recipe)
{
  static const uint8_t passes[7][4] = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};
  if (!recipe->interlaced) {
    put_pass(writer, recipe, 0, 0, 1, 1);
    return;
  }
  for (int i = 0; i < 7; i++) {
    put_pass(writer, recipe, passes[i][0], passes[i][1], passes[i][2], passes[i][3]);
  }
}

static void put_data(writer_t *writer, const assay_forge_png_t *recipe)
{
  writer_t rows = {0};
  put_rows(&rows, recipe);
  struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(recipe->level);
  size_t bound = compressor == NULL ? 0 : libdeflate_zlib_compress_bound(compressor, rows.count);
  uint8_t *data = bound == 0 ? NULL : malloc(bound);
  writer->failed = writer->failed || rows.failed || data == NULL;
  if (!writer->failed) {
    size_t count = libdeflate_zlib_compress(compressor, rows.bytes, rows.count, data, bound);
    size_t part = recipe->chunk_bytes == 0 ? count : recipe->chunk_bytes;
    for (size_t at = 0; at < count; at += part) {
      put_chunk(writer, "IDAT", data + at, count - at < part ? count - at : part);
    }
  }
  free(data);
  free(rows.bytes);
  libdeflate_free_compressor(compressor);
}

static void put_header(writer_t *writer, const assay_forge_png_t *recipe)
{
  static const uint8_t signature[8] = {0x89, 'P', 'N', 'G', 13, 10, 26, 10};
  writer_t header = {0};
  put_long(&header, recipe->width);
  put_long(&header, recipe->height);
  uint8_t rest[5] = {recipe->depth, recipe->color_type, 0, 0, recipe->interlaced};
  put(&header, rest, 5);
  put(writer, signature, 8);
  if (!header.failed) put_chunk(writer, "IHDR", header.bytes, header.count);
  writer->failed = writer->failed || header.failed;
  free(header.bytes);
}

size_t assay_forge_png(const assay_forge_png_t *recipe, uint8_t **out)
{
  writer_t writer = {0};
  put_header(&writer, recipe);
  put(&writer, recipe->chunks, recipe->chunks_bytes);
  if (recipe->palette != NULL) put_chunk(&writer, "PLTE", recipe->palette, recipe->palette_bytes);
  if (recipe->transparency != NULL) {
    put_chunk(&writer, "tRNS", recipe->transparency, recipe->transparency_bytes);
  }
  put_data(&writer, recipe);
  put_chunk(&writer, "IEND", NULL, 0);
  if (writer.failed) {
    free(writer.bytes);
    return 0;
  }
  *out = writer.bytes;
  return writer.count;
}

uint32_t assay_forge_crc32(const uint8_t *bytes, size_t count) { return libdeflate_crc32(0, bytes, count); }

void assay_forge_free(uint8_t *bytes) { free(bytes); }
