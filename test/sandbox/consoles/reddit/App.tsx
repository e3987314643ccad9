import { Alert, AppShell, Button, Center, Loader, Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import type { AdAccount, Business, Session } from '../../consoles-api';
import { navigate, usePath } from '../shared/route';
import { useConsole } from '../shared/use-console';
import { ConversionTokens } from './ConversionTokens';
import { Dashboard } from './Dashboard';
import { EventTesting } from './EventTesting';
import { Header } from './Header';
import { PixelPage } from './PixelPage';
import { SideMenu } from './SideMenu';
import { type Words, words } from './words';

const sections = ['dashboard', 'pixel', 'tokens', 'testing'] as const;
export type Section = (typeof sections)[number];

const tails: Record<Section, string> = {
  dashboard: 'dashboard',
  pixel: 'events-manager',
  tokens: 'events-manager/conversion-tokens',
  testing: 'events-manager/testing',
};

export const pathOf = (accountId: string, section: Section) => `/account/${accountId}/${tails[section]}`;

/** The address names the account with or without the prefix of its id. */
function findAccount(businesses: Business[], named: string) {
  for (const business of businesses) {
    const account = business.accounts.find(({ id }) => id === named || id.split('_')[1] === named);
    if (account) return { business, account };
  }
  return undefined;
}

function parse(path: string): { named: string; section: Section } | undefined {
  const [, named, tail] = /^\/account\/([^/]+)\/(.+?)\/?$/.exec(path) ?? [];
  const section = sections.find((candidate) => tails[candidate] === tail);
  return named && section ? { named, section } : undefined;
}

export interface PageProps {
  words: Words;
  session: Session;
  business: Business;
  account: AdAccount;
  /** Asks anew who may do what, after a refusal. */
  refresh: () => Promise<void>;
}

function Page({ section, ...page }: PageProps & { section: Section }) {
  if (section === 'dashboard') return <Dashboard {...page} />;
  if (section === 'pixel') return <PixelPage {...page} />;
  if (section === 'testing') return <EventTesting {...page} />;
  return <ConversionTokens {...page} />;
}

export function App({ sessionToken }: { sessionToken: string }) {
  const path = usePath();
  const { entry, retry, signIn, signOut, refresh } = useConsole(path);
  const text = words[entry.is === 'in' ? entry.session.variant.language : 'en'];
  const route = parse(path);
  const found = entry.is === 'in' && route ? findAccount(entry.businesses, route.named) : undefined;
  const home = entry.is === 'in' ? entry.businesses[0]?.accounts[0]?.id : undefined;

  useEffect(() => {
    if (home && !route) navigate(pathOf(home, 'dashboard'), 'replace');
  }, [home, route]);

  if (entry.is === 'signedOut') {
    return (
      <Center mih="100vh">
        <Paper withBorder p="xl" w={420} shadow="sm">
          <Stack>
            <div className="wordmark">Reddit Ads</div>
            <Title order={1} size="h3">
              {text.signInTitle}
            </Title>
            <Text c="dimmed">{text.signInBody}</Text>
            <Button onClick={signIn}>{text.signIn}</Button>
          </Stack>
        </Paper>
      </Center>
    );
  }
  if (entry.is === 'unavailable') {
    return (
      <Center mih="100vh">
        <Alert color="red" title={text.unavailable} w={420}>
          <Button variant="default" onClick={retry}>
            {text.retry}
          </Button>
        </Alert>
      </Center>
    );
  }
  if (entry.is === 'loading' || (home && !route)) {
    return (
      <Center mih="100vh">
        <Loader aria-label={text.loading} />
      </Center>
    );
  }
  const section = route?.section ?? 'dashboard';
  const inEventsManager = section !== 'dashboard' && found !== undefined;
  return (
    <div data-session={sessionToken}>
      <AppShell
        header={{ height: 56 }}
        {...(inEventsManager ? { navbar: { width: 232, breakpoint: 'xs' } } : {})}
        padding="xl"
      >
        <AppShell.Header>
          <Header
            words={text}
            session={entry.session}
            businesses={entry.businesses}
            accountId={found?.account.id}
            section={section}
            onSignOut={signOut}
          />
        </AppShell.Header>
        {inEventsManager && (
          <AppShell.Navbar p="sm">
            <SideMenu words={text} accountId={found.account.id} section={section} />
          </AppShell.Navbar>
        )}
        <AppShell.Main>
          {found ? (
            <Page
              key={`${found.account.id} ${section}`}
              section={section}
              words={text}
              session={entry.session}
              refresh={refresh}
              {...found}
            />
          ) : (
            <Alert color="red" title={text.noAccountTitle} maw={640}>
              {text.noAccountBody}
            </Alert>
          )}
        </AppShell.Main>
      </AppShell>
    </div>
  );
}
