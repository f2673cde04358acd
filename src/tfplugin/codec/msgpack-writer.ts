/** Writes msgpack into one buffer that doubles when it is full: linear time, whatever the size. */
export class MsgpackWriter {
  #bytes: Buffer = Buffer.allocUnsafe(256);
  #length = 0;
  /** Whether numbers of Terraform are written as decimal text throughout, integers too. */
  readonly textNumbers: boolean;

  constructor({ textNumbers = false }: { readonly textNumbers?: boolean } = {}) {
    this.textNumbers = textNumbers;
  }

  finish(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  nil(): void {
    this.#byte(0xc0);
  }

  bool(value: boolean): void {
    this.#byte(value ? 0xc3 : 0xc2);
  }

  /** A safe integer. */
  integer(value: number): void {
    if (value >= 0 && value <= 0x7f) this.#byte(value);
    else if (value < 0 && value >= -0x20) this.#byte(value + 0x100);
    else if (value >= 0 && value <= 0xffffffff) this.#header(0xce, 4, value);
    else {
      this.#byte(0xd3);
      this.#length = this.#reserve(8).writeBigInt64BE(BigInt(value), this.#length);
    }
  }

  double(value: number): void {
    this.#byte(0xcb);
    this.#length = this.#reserve(8).writeDoubleBE(value, this.#length);
  }

  string(value: string): void {
    const length = Buffer.byteLength(value, 'utf8');
    if (length <= 31) this.#byte(0xa0 | length);
    else if (length <= 0xff) this.#header(0xd9, 1, length);
    else if (length <= 0xffff) this.#header(0xda, 2, length);
    else this.#header(0xdb, 4, length);
    this.#reserve(length).write(value, this.#length, length, 'utf8');
    this.#length += length;
  }

  binary(value: Buffer): void {
    if (value.length <= 0xff) this.#header(0xc4, 1, value.length);
    else if (value.length <= 0xffff) this.#header(0xc5, 2, value.length);
    else this.#header(0xc6, 4, value.length);
    this.#append(value);
  }

  array(count: number): void {
    if (count <= 15) this.#byte(0x90 | count);
    else if (count <= 0xffff) this.#header(0xdc, 2, count);
    else this.#header(0xdd, 4, count);
  }

  map(count: number): void {
    if (count <= 15) this.#byte(0x80 | count);
    else if (count <= 0xffff) this.#header(0xde, 2, count);
    else this.#header(0xdf, 4, count);
  }

  extension(code: number, payload: Buffer): void {
    if (payload.length === 1) this.#byte(0xd4);
    else if (payload.length <= 0xff) this.#header(0xc7, 1, payload.length);
    else this.#header(0xc8, 2, payload.length);
    this.#byte(code);
    this.#append(payload);
  }

  #append(bytes: Buffer): void {
    bytes.copy(this.#reserve(bytes.length), this.#length);
    this.#length += bytes.length;
  }

  #header(format: number, size: number, value: number): void {
    this.#byte(format);
    this.#length = this.#reserve(size).writeUIntBE(value, this.#length, size);
  }

  #byte(value: number): void {
    this.#reserve(1)[this.#length++] = value;
  }

  #reserve(length: number): Buffer {
    const needed = this.#length + length;
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    return this.#bytes;
  }
}
