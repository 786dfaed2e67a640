import { CaptionerInput } from '@/lib/captioner/schema'
import { RunRequest, RunStart } from '@/lib/recaption/schema'
import { CustomRecipeInput } from '@/lib/recipe/schema'
import type { Door } from './types'

export const recaptionDoors: readonly Door[] = [
  { method: 'get', path: '/captioners', says: 'Captioners there are, built in and set up, and presets; keys are never shown.' },
  { method: 'post', path: '/captioners', says: 'Sets up an OpenAI-compatible endpoint.', body: CaptionerInput, status: 201 },
  { method: 'delete', path: '/captioners/{id}', says: 'Removes a captioner that was set up.' },
  { method: 'get', path: '/captioners/{id}', says: 'One captioner.' },
  { method: 'delete', path: '/captioners/{id}/key', says: 'Forgets the key.' },
  { method: 'get', path: '/captioners/{id}/models', says: 'Models the captioner names.' },
  { method: 'post', path: '/captioners/{id}/trials', says: 'One call with one picture: the answer, what the recipe makes of it, time, tokens and cost. Nothing is kept.' },
  { method: 'post', path: '/datasets/{dataset}/plans', says: 'Asks what a run would do: counts, a dry run of twenty with their captions, time and price. Nothing is written to the dataset.', body: RunRequest.omit({ dataset: true }), status: 202 },
  { method: 'get', path: '/datasets/{dataset}/runs', says: 'Runs of the dataset, newest first.' },
  { method: 'post', path: '/datasets/{dataset}/runs', says: 'Starts a run, or goes on with the unfinished run of the same request. Give what was seen of it before: `plan`, the number of its plan, or `expect`, how many captions it would write; 409 when they have become more.', body: RunStart, status: 202 },
  { method: 'post', path: '/datasets/{dataset}/selections', says: 'Counts what a request is about, without a dry run: how many samples need work, and why the others stay as they are.', body: RunRequest.omit({ dataset: true }) },
  { method: 'get', path: '/plans/{id}', says: 'A plan as far as it is made.' },
  { method: 'get', path: '/recipes', says: 'Recipes with their source and version.' },
  { method: 'post', path: '/recipes', says: "Saves a person's own recipe as a new version.", body: CustomRecipeInput, status: 201 },
  { method: 'get', path: '/recipes/{id}', says: "A recipe as it asks, without a sample; of a person's own all its versions." },
  { method: 'delete', path: '/recipes/{id}/examples', says: 'Takes an example out.' },
  { method: 'post', path: '/recipes/{id}/examples', says: 'Adds an edit to what a recipe shows as examples: the caption before it, and the edit.', status: 201 },
  { method: 'get', path: '/runs/{id}', says: 'A run: request, counts, progress, before and after by reason.' },
  { method: 'post', path: '/runs/{id}/cancel', says: 'Cancels a run; what it wrote stays.' },
  { method: 'get', path: '/runs/{id}/items', says: "The run's ledger, a line a sample." },
  { method: 'post', path: '/runs/{id}/pause', says: 'Pauses a run.' },
  { method: 'get', path: '/runs/{id}/progress', says: 'Where a run is, cheap enough to be asked for every second.' },
  { method: 'post', path: '/runs/{id}/resume', says: 'Goes on with a paused run, under a new budget when one is given.' },
  { method: 'post', path: '/runs/{id}/retry', says: 'Tries again what failed, or only what failed for one cause.' },
  { method: 'post', path: '/runs/{id}/rollback', says: "Takes a run's captions out of play in one step; `undo: true` takes that back. Verdicts are kept." },
]
