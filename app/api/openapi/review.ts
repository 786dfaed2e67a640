import { BulkInput } from '@/lib/review/bulk-store'
import { PlanInput } from '@/lib/review/certify-store'
import { ComparisonInput } from '@/lib/review/compare-store'
import { OverlapInput } from '@/lib/review/overlap-store'
import { ReplaceInput } from '@/lib/review/replace-store'
import { FlagInput, ReviewerName, SampleVerdictInput, VerdictInput } from '@/lib/review/schema'
import { z } from 'zod'
import type { Door } from './types'

const by = { reviewer: ReviewerName }
/** What takes or puts back a step says only who does it. */
const Who = z.object(by)

export const reviewDoors: readonly Door[] = [
  { method: 'get', path: '/batches/{id}', says: 'One bulk step.' },
  { method: 'post', path: '/batches/{id}/redo', says: 'Puts a bulk step in force again.', body: Who, status: 201 },
  { method: 'post', path: '/batches/{id}/undo', says: 'Takes a whole bulk step back.', body: Who, status: 201 },
  { method: 'post', path: '/captions/{id}/verdicts', says: 'A stale `version` answers 409 with the present state in `error.detail.present`.', body: VerdictInput, status: 201 },
  { method: 'get', path: '/certifications/{id}', says: '`result` is null while the plan is open, so that the looks stay blind.' },
  { method: 'post', path: '/certifications/{id}/abandon', says: 'Gives an open plan up; it counts as not certified.', status: 201 },
  { method: 'post', path: '/certifications/{id}/close', says: 'Ends a plan that has its answer: certified captions are approved in one step, or nothing is.', status: 201 },
  { method: 'post', path: '/certifications/{id}/decisions', says: 'One look at one caption of the sample.', status: 201 },
  { method: 'get', path: '/certifications/{id}/next', says: 'The next caption to look at, or null when the plan has its answer.' },
  { method: 'post', path: '/claims/{id}', says: 'A person keeps a claim, strikes it, or takes that back.', status: 201 },
  { method: 'post', path: '/claims/{id}/rewrites', says: 'A model’s text of the caption without this claim (and those in `with`): only what stands around them may change. Nothing is decided; the answer is stored, so asking again costs nothing.', status: 201 },
  { method: 'get', path: '/comparisons/{id}', says: '`result` is null until all pairs are judged, so that nobody stops at a good moment.' },
  { method: 'post', path: '/comparisons/{id}/judgements', says: 'One blind judgement of a pair.', status: 201 },
  { method: 'get', path: '/comparisons/{id}/next', says: 'The next pair without a word about whose texts they are; null when all are judged.' },
  { method: 'post', path: '/comparisons/{id}/promote', says: "Lets the winner's captions speak for all samples that match and are still pending, in one step.", status: 201 },
  { method: 'get', path: '/datasets/{dataset}/agreement', says: 'How far people agree, a kind and a reason at a time.' },
  { method: 'get', path: '/datasets/{dataset}/batches', says: 'Bulk steps that took place, newest first, and those under way with what they have written so far.' },
  { method: 'post', path: '/datasets/{dataset}/bulk', says: 'Does a bulk step over all that match, whole or not at all. With `expect` a count other than the previewed one answers 409.', body: BulkInput.extend(by), status: 201 },
  { method: 'post', path: '/datasets/{dataset}/bulk/preview', says: 'Counts what a bulk step over all that match would do. Changes nothing.', body: BulkInput },
  { method: 'get', path: '/datasets/{dataset}/certifications', says: 'Sampling plans of the dataset.' },
  { method: 'post', path: '/datasets/{dataset}/certifications', says: 'Fixes a sampling plan before the first look.', body: PlanInput.extend(by), status: 201 },
  { method: 'post', path: '/datasets/{dataset}/certifications/preview', says: 'The sampling plan there would be, with its operating characteristic. Changes nothing.', body: PlanInput },
  { method: 'get', path: '/datasets/{dataset}/comparisons', says: 'Blind comparisons of the dataset.' },
  { method: 'post', path: '/datasets/{dataset}/comparisons', says: 'Opens a blind comparison with its stop rule.', body: ComparisonInput.extend(by), status: 201 },
  { method: 'get', path: '/datasets/{dataset}/decisions', says: 'Every decision in force, a line of JSON each.' },
  { method: 'post', path: '/datasets/{dataset}/decisions', says: "Merges another machine's decisions; conflicts are listed, none is lost.", status: 201 },
  { method: 'get', path: '/datasets/{dataset}/overlaps', says: 'Work that several people do blind.' },
  { method: 'post', path: '/datasets/{dataset}/overlaps', says: 'Has each sample seen by several people, blind until all decided.', body: OverlapInput.extend(by), status: 201 },
  { method: 'get', path: '/datasets/{dataset}/progress', says: 'How far the review is.' },
  { method: 'get', path: '/datasets/{dataset}/purge', says: 'What was removed for good, without a word of its content.' },
  { method: 'post', path: '/datasets/{dataset}/purge', says: 'Removes a sample and its bytes for good, leaving a tombstone.', status: 201 },
  { method: 'get', path: '/datasets/{dataset}/queue', says: 'Work in order: samples that still wait for a decision, each with its captions, claims and what was seen.' },
  { method: 'get', path: '/datasets/{dataset}/queue-count', says: 'How much work a queue holds.' },
  { method: 'get', path: '/datasets/{dataset}/queue/{key}', says: 'One sample as the desk needs it.' },
  { method: 'post', path: '/datasets/{dataset}/redo', says: "The reviewer's newest step in this dataset, a bulk step included.", body: Who, status: 201 },
  { method: 'post', path: '/datasets/{dataset}/replace', says: 'Find and replace as edits in one step. With `expect` a count other than the previewed one answers 409.', body: ReplaceInput.extend(by), status: 201 },
  { method: 'post', path: '/datasets/{dataset}/replace/preview', says: 'Counts what find and replace would change over all that match, with the first diffs. Changes nothing.', body: ReplaceInput },
  { method: 'get', path: '/datasets/{dataset}/report', says: "Every check graded against people's own decisions." },
  { method: 'get', path: '/datasets/{dataset}/samples/{key}/claims', says: "What the sample's captions claim, what was seen of it, and the boxes and lines on the picture." },
  { method: 'post', path: '/datasets/{dataset}/samples/{key}/flags', says: "A person wants this sample's alt text looked at; `cleared: true` takes that back.", body: FlagInput, status: 201 },
  { method: 'post', path: '/datasets/{dataset}/samples/{key}/verdicts', says: 'Keeps, drops, flags or unflags the sample itself.', body: SampleVerdictInput, status: 201 },
  { method: 'post', path: '/datasets/{dataset}/undo', says: "The reviewer's newest step in this dataset, a bulk step included.", body: Who, status: 201 },
  { method: 'get', path: '/overlaps/{id}', says: 'One overlap and how far it is.' },
  { method: 'get', path: '/overlaps/{id}/conflicts', says: 'Captions about which people disagree, with what each of them said.' },
  { method: 'post', path: '/overlaps/{id}/conflicts', says: 'Settles a conflict.', status: 201 },
  { method: 'get', path: '/overlaps/{id}/next', says: "The next caption that this person has not judged, without the others' opinions; null when there is none." },
  { method: 'post', path: '/overlaps/{id}/opinions', says: "One person's blind opinion.", status: 201 },
  { method: 'get', path: '/releases/{id}/compare', says: 'What changed since another release: samples, captions, the shape of the texts.' },
  { method: 'post', path: '/verdicts/{id}/redo', says: 'Puts a decision in force again.', body: Who, status: 201 },
  { method: 'post', path: '/verdicts/{id}/undo', says: 'Takes a decision back by a new one.', body: Who, status: 201 },
]
