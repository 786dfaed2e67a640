/**
 * Gives a picture's memory back at once. Its bytes lie outside the heap, and for each 64 MB of such bytes the engine looks
 * through all of the heap: for large pictures that would cost more than sending them does. Whoever still holds the bytes
 * finds none. Bytes that share their memory with others are left to the engine.
 */
export function release(bytes: Uint8Array): void {
  const { buffer } = bytes
  if (buffer instanceof ArrayBuffer && bytes.byteLength === buffer.byteLength) buffer.transfer(0)
}
