import { clipLimits, leastTokens } from '@/lib/caption/limits'
import { clipCuts } from '@/lib/caption/tokens'
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
        ...(tokens !== null && tokens > leastTokens ? { cuts: clipCuts(text, clipLimits) } : {}),
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
export type PublicSample = ReturnType<typeof publicSample>
