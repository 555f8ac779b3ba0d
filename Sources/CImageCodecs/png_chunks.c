/* Walking a PNG's chunks (PNG specification, 3rd edition, sections 5 and 11). */

#include "png_chunks.h"

#include <stdio.h>
#include <string.h>

#include <libdeflate.h>

typedef struct {
  uint32_t type;
  const uint8_t *data;
  size_t count;    /* bytes that are there */
  bool is_whole;   /* all the bytes it declares are there, and the CRC too */
  const uint8_t *next;
} chunk_t;

#define TYPE(a, b, c, d) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))

static uint32_t big_endian(const uint8_t *p) { return TYPE(p[0], p[1], p[2], p[3]); }

/* The chunk at `at`, or false where not even its head is there. */
static bool next_chunk(const uint8_t *at, const uint8_t *end, chunk_t *chunk)
{
  if (end - at < 8) return false;
  size_t declared = big_endian(at), left = (size_t)(end - at) - 8;
  chunk->type = big_endian(at + 4);
  chunk->data = at + 8;
  chunk->is_whole = left >= 4 && declared <= left - 4;
  chunk->count = declared < left ? declared : left;
  chunk->next = chunk->is_whole ? chunk->data + declared + 4 : end;
  return true;
}

static void note(png_file_t *file, assay_reason_t fault, const uint8_t *type, const char *text)
{
  if (file->fault != ASSAY_REASON_NONE) return;
  file->fault = fault;
  char name[5] = "file";
  for (int i = 0; type != NULL && i < 4; i++) {
    bool letter = (type[i] | 32) >= 'a' && (type[i] | 32) <= 'z';
    name[i] = letter ? (char)type[i] : '?';
  }
  snprintf(file->fault_text, sizeof file->fault_text, "%s: %s", name, text);
}

static bool is_type(uint32_t type)
{
  for (int shift = 0; shift < 32; shift += 8) {
    uint32_t letter = (type >> shift & 255) | 32;
    if (letter < 'a' || letter > 'z') return false;
  }
  return true;
}

static bool is_valid_depth(uint8_t color_type, uint8_t depth)
{
  switch (color_type) {
  case 0: return depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
  case 3: return depth == 1 || depth == 2 || depth == 4 || depth == 8;
  case 2:
  case 4:
  case 6: return depth == 8 || depth == 16;
  default: return false;
  }
}

static bool read_header(png_file_t *file, const chunk_t *chunk)
{
  const uint8_t *p = chunk->data;
  if (chunk->count != 13) return false;
  png_layout_t *layout = &file->layout;
  layout->width = big_endian(p);
  layout->height = big_endian(p + 4);
  layout->depth = p[8];
  layout->color_type = p[9];
  layout->interlaced = p[12] == 1;
  return layout->width > 0 && layout->height > 0 && layout->width <= INT32_MAX
    && layout->height <= INT32_MAX && is_valid_depth(layout->color_type, layout->depth) && p[10] == 0
    && p[11] == 0 && p[12] <= 1;
}

static void read_palette(png_file_t *file, const chunk_t *chunk)
{
  png_layout_t *layout = &file->layout;
  uint32_t count = (uint32_t)(chunk->count / 3);
  bool is_fit = chunk->count % 3 == 0 && count >= 1 && count <= 256 && !file->has_palette;
  if (!is_fit) note(file, ASSAY_REASON_CORRUPT_DATA, chunk->data - 4, "not a palette");
  layout->palette_count = count < 256 ? count : 256;
  for (uint32_t i = 0; i < layout->palette_count; i++) memcpy(layout->palette[i], chunk->data + 3 * i, 3);
  file->has_palette = layout->palette_count > 0;
}

static void read_transparency(png_file_t *file, const chunk_t *chunk)
{
  png_layout_t *layout = &file->layout;
  const uint8_t *p = chunk->data;
  uint32_t colors = layout->color_type == 2 ? 3 : 1;
  if (layout->color_type == 3) {
    layout->has_palette_alpha = chunk->count > 0;
    for (uint32_t i = 0; i < chunk->count && i < 256; i++) layout->palette[i][3] = p[i];
    if (chunk->count > layout->palette_count) {
      note(file, ASSAY_REASON_CORRUPT_DATA, p - 4, "longer than the palette");
    }
  } else if (layout->color_type <= 2 && chunk->count == 2 * colors) {
    layout->has_key = true;
    for (uint32_t c = 0; c < colors; c++) layout->key[c] = (uint16_t)(p[2 * c] << 8 | p[2 * c + 1]);
  } else {
    note(file, ASSAY_REASON_CORRUPT_DATA, p - 4, "does not fit the colour type");
  }
}

static void read_data(png_file_t *file, const chunk_t *chunk, bool follows_data)
{
  if (file->data_chunks > 0 && !follows_data) {
    note(file, ASSAY_REASON_CORRUPT_DATA, chunk->data - 4, "image data interrupted by other chunks");
  }
  file->data = file->data_chunks == 0 ? chunk->data : NULL;
  file->data_chunks++;
  file->data_bytes += chunk->count;
}

static bool crc_matches(const chunk_t *chunk)
{
  return libdeflate_crc32(0, chunk->data - 4, chunk->count + 4) == big_endian(chunk->data + chunk->count);
}

void png_walk(png_file_t *file, const uint8_t *bytes, size_t count)
{
  memset(file, 0, sizeof *file);
  for (int i = 0; i < 256; i++) file->layout.palette[i][3] = 255;
  const uint8_t *end = bytes + count;
  chunk_t chunk;
  uint32_t previous = 0;
  for (const uint8_t *at = bytes + 8; next_chunk(at, end, &chunk); at = chunk.next) {
    const uint8_t *name = chunk.data - 4;
    if (!is_type(chunk.type)) {
      note(file, ASSAY_REASON_CORRUPT_DATA, name, "not a chunk type");
      return;
    }
    if (chunk.is_whole && !crc_matches(&chunk)) note(file, ASSAY_REASON_CRC, name, "checksum does not match");
    if (!chunk.is_whole && chunk.type != TYPE('I', 'D', 'A', 'T')) break;
    if (!file->has_header) {
      file->header_is_foreign = chunk.type == TYPE('C', 'g', 'B', 'I');
      if (chunk.type != TYPE('I', 'H', 'D', 'R') || !read_header(file, &chunk)) return;
      file->has_header = true;
    } else {
      switch (chunk.type) {
      case TYPE('P', 'L', 'T', 'E'): read_palette(file, &chunk); break;
      case TYPE('t', 'R', 'N', 'S'): read_transparency(file, &chunk); break;
      case TYPE('I', 'D', 'A', 'T'): read_data(file, &chunk, previous == chunk.type); break;
      case TYPE('I', 'E', 'N', 'D'): file->ended = true; return;
      default:
        if ((chunk.type >> 24 & 32) == 0) note(file, ASSAY_REASON_CORRUPT_DATA, name, "unknown critical chunk");
      }
    }
    previous = chunk.type;
  }
}

void png_gather(const uint8_t *bytes, size_t count, uint8_t *out)
{
  const uint8_t *end = bytes + count;
  chunk_t chunk;
  for (const uint8_t *at = bytes + 8; next_chunk(at, end, &chunk); at = chunk.next) {
    if (!is_type(chunk.type) || chunk.type == TYPE('I', 'E', 'N', 'D')) return;
    if (chunk.type != TYPE('I', 'D', 'A', 'T')) continue;
    memcpy(out, chunk.data, chunk.count);
    out += chunk.count;
  }
}
