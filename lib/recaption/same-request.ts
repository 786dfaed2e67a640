import { RunRequest, type RunAsked } from './schema'

/** A value with the keys of its objects in order, and without what is undefined: equal values have equal JSON. */
export const inOrder = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(inOrder)
  : value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, inOrder(one)]))
  : value

/** Whether two requests ask for the same, whatever they leave to its usual value. One that is not right is like no other. */
export function sameRequest(a: RunAsked, b: RunAsked): boolean {
  const [one, other] = [RunRequest.safeParse(a), RunRequest.safeParse(b)]
  return one.success && other.success && JSON.stringify(inOrder(one.data)) === JSON.stringify(inOrder(other.data))
}
