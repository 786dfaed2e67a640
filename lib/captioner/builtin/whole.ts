/** Channels of the layer `expanded_conv_13` of the SSD detector, whose values run from 0 to 6; their means seldom reach 2. */
const CHANNELS = 576
const MOST = 2

/** Each channel's mean over the picture, a byte each, as base64. */
export function packLook(features: Float32Array): string {
  const cells = features.length / CHANNELS
  const bytes = Uint8Array.from({ length: CHANNELS }, (_, channel) => {
    let sum = 0
    for (let i = channel * cells; i < (channel + 1) * cells; i++) sum += features[i]
    return Math.round((Math.min(MOST, sum / cells) / MOST) * 255)
  })
  return Buffer.from(bytes).toString('base64')
}

/** The numbers 0..1 that `packLook` kept; undefined when there are none. */
export function unpackLook(look = ''): Float32Array | undefined {
  const bytes = Buffer.from(look, 'base64')
  return bytes.length === CHANNELS ? Float32Array.from(bytes, (byte) => byte / 255) : undefined
}
