/** Mulberry32: a small seeded generator of numbers in 0..1. */
export function seeded(seed: number): () => number {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** P(a random true score > a random false one), ties half; 0.5 is chance. */
export function auc(trues: readonly number[], falses: readonly number[]): number {
  const all = [...trues.map((value) => ({ value, yes: true })), ...falses.map((value) => ({ value, yes: false }))].sort((a, b) => a.value - b.value)
  let ranks = 0
  for (let i = 0; i < all.length; ) {
    let j = i
    while (j < all.length && all[j].value === all[i].value) j++
    for (let k = i; k < j; k++) if (all[k].yes) ranks += (i + j + 1) / 2
    i = j
  }
  return (ranks - (trues.length * (trues.length + 1)) / 2) / (trues.length * falses.length)
}

/** A seeded permutation of 0..n−1 that leaves nothing in its place (Sattolo: one cycle). n ≥ 2. */
export function derangement(n: number, seed: number): number[] {
  const random = seeded(seed)
  const order = Array.from({ length: n }, (_, i) => i)
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(random() * i)
    ;[order[i], order[j]] = [order[j], order[i]]
  }
  return order
}

export type Detection = { precision: number; recall: number; f1: number; claimed: number; wrong: number; wrongShare: number }

/**
 * Presence of classes at one threshold, over pictures with boxes: precision over all claimed classes (its complement is
 * the share that is wrong), recall over classes with a box of more than 2 % of the picture.
 */
export function detection(pictures: readonly { claimed: ReadonlySet<string>; boxes: readonly { label: string; area: number }[] }[]): Detection {
  let claimed = 0
  let wrong = 0
  let wanted = 0
  let got = 0
  for (const { claimed: said, boxes } of pictures) {
    const there = new Set(boxes.map((box) => box.label))
    claimed += said.size
    wrong += [...said].filter((name) => !there.has(name)).length
    const large = new Set(boxes.filter((box) => box.area > 0.02).map((box) => box.label))
    wanted += large.size
    got += [...large].filter((name) => said.has(name)).length
  }
  const precision = claimed ? (claimed - wrong) / claimed : 1
  const recall = wanted ? got / wanted : 1
  return { precision, recall, f1: precision + recall ? (2 * precision * recall) / (precision + recall) : 0, claimed, wrong, wrongShare: claimed ? wrong / claimed : 0 }
}
