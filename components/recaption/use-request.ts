'use client'

import { useQueryStates } from 'nuqs'
import { useCallback } from 'react'
import { fields, requestOf, type Fields } from './request'

/** The request in the address, and the way to change it. */
export function useRequest() {
  const [state, setState] = useQueryStates(fields)
  const change = useCallback((part: Partial<Fields>) => void setState(part), [setState])
  return { state, change, asked: requestOf(state) }
}
export type Change = ReturnType<typeof useRequest>['change']
