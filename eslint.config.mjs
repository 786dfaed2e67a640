import next from 'eslint-config-next/core-web-vitals'
import ts from 'eslint-config-next/typescript'

const config = [
  ...next,
  ...ts,
  { ignores: ['lib/generated/**', '.next/**', 'next-env.d.ts', 'test-results/**', 'data/**'] },
  {
    rules: {
      '@next/next/no-img-element': 'off', // images come from our own guarded route, already sized
      'import/no-anonymous-default-export': 'off',
      'max-lines': ['error', 300],
      'react-hooks/incompatible-library': 'off', // the virtual list cannot be memoised; that is known and harmless
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
]
export default config
