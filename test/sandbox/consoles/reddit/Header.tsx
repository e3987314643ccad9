import { Avatar, Burger, Button, Drawer, Group, Menu, NavLink, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { Business, Session } from '../../consoles-api';
import { follow, navigate } from '../shared/route';
import { pathOf, type Section } from './App';
import type { Words } from './words';

interface HeaderProps {
  words: Words;
  session: Session;
  businesses: Business[];
  accountId: string | undefined;
  section: Section;
  onSignOut: () => void;
}

export function Header({ words, session, businesses, accountId, section, onSignOut }: HeaderProps) {
  return (
    <Group h="100%" px="md" justify="space-between" wrap="nowrap">
      <Group gap="md" wrap="nowrap">
        {accountId && <MainMenu words={words} accountId={accountId} section={section} />}
        <div className="wordmark">Reddit Ads</div>
      </Group>
      <Group gap="md" wrap="nowrap">
        <AccountSwitcher words={words} businesses={businesses} accountId={accountId} section={section} />
        <Menu position="bottom-end" shadow="md">
          <Menu.Target>
            <UnstyledButton aria-label={session.user.name}>
              <Avatar name={session.user.name} color="initials" size={34} />
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{session.user.email}</Menu.Label>
            <Menu.Item onClick={onSignOut}>{words.signOut}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
    </Group>
  );
}

function MainMenu({ words, accountId, section }: { words: Words; accountId: string; section: Section }) {
  const [opened, setOpened] = useState(false);
  const [adsOpened, setAdsOpened] = useState(false);
  const entries: [Section, string][] = [
    ['dashboard', words.dashboard],
    ['pixel', words.eventsManager],
  ];
  return (
    <>
      <Burger size="sm" opened={opened} onClick={() => setOpened(true)} aria-label={words.menu} />
      <Drawer
        opened={opened}
        onClose={() => setOpened(false)}
        onExitTransitionEnd={() => setAdsOpened(false)}
        size={300}
        title={<div className="wordmark">Reddit Ads</div>}
        closeButtonProps={{ 'aria-label': words.close }}
      >
        <NavLink
          component="button"
          label={words.ads}
          opened={adsOpened}
          onChange={setAdsOpened}
          aria-expanded={adsOpened}
          keepMounted={false}
        >
          {entries.map(([target, label]) => (
            <NavLink
              key={target}
              href={pathOf(accountId, target)}
              label={label}
              active={target === 'dashboard' ? section === target : section !== 'dashboard'}
              onClick={(event) => {
                follow(event);
                setOpened(false);
              }}
            />
          ))}
        </NavLink>
      </Drawer>
    </>
  );
}

type SwitcherProps = Pick<HeaderProps, 'words' | 'businesses' | 'accountId' | 'section'>;

function AccountSwitcher({ words, businesses, accountId, section }: SwitcherProps) {
  const current = businesses.flatMap(({ accounts }) => accounts).find(({ id }) => id === accountId);
  return (
    <Menu position="bottom-end" shadow="md" width={320}>
      <Menu.Target>
        <Button variant="default" h={42} rightSection="▾">
          <span style={{ textAlign: 'start' }}>
            <Text size="xs" c="dimmed" lh={1.2}>
              {words.adAccount}
            </Text>
            <Text size="sm" fw={600} lh={1.2}>
              {current?.name ?? '—'}
            </Text>
          </span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
        {businesses.map((business) => (
          <div key={business.id}>
            <Menu.Label>{business.name}</Menu.Label>
            {business.accounts.map((account) => (
              <Menu.Item key={account.id} onClick={() => navigate(pathOf(account.id, section))}>
                <Text size="sm">{account.name}</Text>
                <Text size="xs" c="dimmed">
                  {account.id}
                </Text>
              </Menu.Item>
            ))}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
