import { useEffect, useState } from 'react';
import { type Policy, policyFrom, readPolicy } from '../lib/storage/policy';

const free = policyFrom(undefined);

/** What the organisation lays down; nothing until it is read. */
export const usePolicy = (): Policy => {
  const [policy, setPolicy] = useState(free);
  useEffect(() => {
    let watching = true;
    void readPolicy().then((read) => {
      if (watching) setPolicy(read);
    });
    return () => {
      watching = false;
    };
  }, []);
  return policy;
};
