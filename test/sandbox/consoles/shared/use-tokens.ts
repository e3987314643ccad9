import { useCallback, useEffect, useState } from 'react';
import type { TokenSummary } from '../../consoles-api';
import { api } from './api';

/** The tokens of a business, without values. `undefined` while they are on the way. */
export function useTokens(businessId: string) {
  const [tokens, setTokens] = useState<TokenSummary[]>();
  const [failed, setFailed] = useState(false);

  const load = useCallback(async () => {
    try {
      setTokens((await api.tokens(businessId)).tokens);
      setFailed(false);
    } catch {
      setFailed(true);
    }
  }, [businessId]);

  useEffect(() => {
    setTokens(undefined);
    void load();
  }, [load]);

  const generate = async (name?: string) => {
    const { token } = await api.generate(businessId, name === undefined ? {} : { name });
    await load();
    return token.value;
  };
  const remove = async (tokenId: string) => {
    await api.remove(businessId, tokenId);
    await load();
  };
  return { tokens, failed, generate, remove };
}
