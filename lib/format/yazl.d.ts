declare module 'yazl' {
  /** The part of yazl that makes archives for the tests; the package ships no types. */
  export class ZipFile {
    readonly outputStream: NodeJS.ReadableStream
    addBuffer(buffer: Buffer, name: string, options?: { mtime?: Date; mode?: number; compress?: boolean }): void
    end(): void
  }
}
