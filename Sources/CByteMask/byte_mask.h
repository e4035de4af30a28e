// Which of 64 bytes equal a byte: what Swift's SIMD types cannot yet say as the bits of a word. Clang makes of it the four
// instructions a processor has for it.
#ifndef BYTE_MASK_H
#define BYTE_MASK_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef uint8_t byte_mask_bytes __attribute__((ext_vector_type(64)));
typedef bool byte_mask_bits __attribute__((ext_vector_type(64)));

/// Bit i is set where bytes[i] is `byte`. 64 bytes must be readable.
static inline uint64_t byte_mask(const uint8_t *bytes, uint8_t byte) {
  byte_mask_bytes block;
  memcpy(&block, bytes, sizeof block);
  byte_mask_bits equal = __builtin_convertvector(block == byte, byte_mask_bits);
  uint64_t bits;
  memcpy(&bits, &equal, sizeof bits);
  return bits;
}

/// Bit i is set where bytes[i] ends or may end a plain CSV line: a line feed, a carriage return or a quote.
static inline uint64_t byte_mask_stops(const uint8_t *bytes) {
  byte_mask_bytes block;
  memcpy(&block, bytes, sizeof block);
  byte_mask_bits stops = __builtin_convertvector(
      (block == (uint8_t)'\n') | (block == (uint8_t)'\r') | (block == (uint8_t)'"'), byte_mask_bits);
  uint64_t bits;
  memcpy(&bits, &stops, sizeof bits);
  return bits;
}

#endif
