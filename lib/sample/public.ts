import { cutsOf } from '@/lib/caption/cuts'
import type { SampleView } from './schema'

/** A sample as other programs see it: the one shape of the command line and of the API. Retired captions are left out. */
export function publicSample(sample: SampleView) {
  return {
    key: sample.key,
    width: sample.width,
    height: sample.height,
    dropped: sample.dropped,
    version: sample.version,
    id: sample.id,
    mediaId: sample.mediaId,
    groupId: sample.groupId,
    fault: sample.fault,
    meta: sample.meta,
    captions: sample.captions
      .filter((caption) => !caption.retired)
      .map(({ id, kind, origin, standing, text, version, words, tokens, quarantined, model, recipe, runId, parentId, author, createdAt }) => ({
        id, kind, origin, standing, text, version, words, tokens, quarantined, createdAt,
        ...cutsIfAny(text),
        ...(model === null ? {} : { model }),
        ...(recipe === null ? {} : { recipe }),
        ...(runId === null ? {} : { runId }),
        ...(parentId === null ? {} : { parentId }),
        ...(author === null ? {} : { author }),
      })),
    flags: sample.flags,
    ...(sample.alignment ? { alignment: sample.alignment } : {}),
  }
}
const cutsIfAny = (text: string) => {
  const cuts = cutsOf(text)
  return Object.keys(cuts).length > 0 ? { cuts } : {}
}
export type PublicSample = ReturnType<typeof publicSample>
