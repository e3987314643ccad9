import { NavLink, Text } from '@mantine/core';
import { follow } from '../shared/route';
import { pathOf, type Section } from './App';
import type { Words } from './words';

export function SideMenu({
  words,
  accountId,
  section,
}: {
  words: Words;
  accountId: string;
  section: Section;
}) {
  const entries: [Section, string][] = [
    ['pixel', words.pixel],
    ['tokens', words.conversionsApi],
    ['testing', words.testing],
  ];
  return (
    <>
      <Text fw={700} px="sm" py="xs">
        {words.eventsManager}
      </Text>
      {entries.map(([target, label]) => (
        <NavLink
          key={target}
          href={pathOf(accountId, target)}
          label={label}
          active={section === target}
          onClick={follow}
        />
      ))}
    </>
  );
}
