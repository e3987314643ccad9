import { BannerCallout, Box, Button, Flex, Heading, Spinner, Text } from 'gestalt';
import { useEffect, useState } from 'react';
import type { AdAccount, Business, Session } from '../../consoles-api';
import { navigate, usePath } from '../shared/route';
import { useConsole } from '../shared/use-console';
import { Conversions } from './Conversions';
import { Header } from './Header';
import { Hub } from './Hub';
import { MainMenu } from './MainMenu';
import { Overview } from './Overview';
import { addresses, parse, type Route } from './routes';
import { SetUpApi } from './SetUpApi';
import { TagPage } from './TagPage';
import { type Words, words } from './words';

/** Some addresses name no account: then it is the one that was looked at last. */
const LAST_ACCOUNT = 'ads-manager:last-advertiser';

export interface PageProps {
  words: Words;
  session: Session;
  business: Business;
  account: AdAccount;
  /** Asks anew who may do what, after a refusal. */
  refresh: () => Promise<void>;
}

const pages: Record<Route['page'], (props: PageProps) => React.ReactNode> = {
  hub: Hub,
  overview: Overview,
  conversions: Conversions,
  api: SetUpApi,
  tag: TagPage,
};

function findAccount(businesses: Business[], accountId: string | null | undefined) {
  for (const business of businesses) {
    const account = business.accounts.find(({ id }) => id === accountId);
    if (account) return { business, account };
  }
  return undefined;
}

export function App({ sessionToken }: { sessionToken: string }) {
  const path = usePath();
  const { entry, retry, signIn, signOut, refresh } = useConsole(path);
  const [lastId, setLastId] = useState(() => localStorage.getItem(LAST_ACCOUNT));
  const [menuOpen, setMenuOpen] = useState(false);
  const route = parse(location.hostname, path);
  const namedId = route && 'accountId' in route ? route.accountId : undefined;
  const text = words[entry.is === 'in' ? entry.session.variant.language : 'en'];

  const businesses = entry.is === 'in' ? entry.businesses : [];
  const first = businesses[0]?.accounts[0]?.id;
  const found =
    findAccount(businesses, namedId ?? lastId) ?? (namedId ? undefined : findAccount(businesses, first));

  useEffect(() => {
    if (!found || found.account.id === lastId) return;
    localStorage.setItem(LAST_ACCOUNT, found.account.id);
    setLastId(found.account.id);
  }, [found, lastId]);
  useEffect(() => {
    if (!route && found) navigate(addresses.overview(found.account.id), 'replace');
  }, [route, found]);

  if (entry.is === 'signedOut') {
    return (
      <Card title={text.signInTitle} body={text.signInBody}>
        <Button color="red" size="lg" fullWidth text={text.signIn} onClick={signIn} />
      </Card>
    );
  }
  if (entry.is === 'unavailable') {
    return (
      <Card title={text.unavailable}>
        <Button fullWidth text={text.retry} onClick={retry} />
      </Card>
    );
  }
  if (entry.is === 'loading' || (found && !route)) {
    return (
      <Flex height="100vh" alignItems="center" justifyContent="center">
        <Spinner show accessibilityLabel={text.loading} delay={false} />
      </Flex>
    );
  }

  const switchTo = (accountId: string) => {
    localStorage.setItem(LAST_ACCOUNT, accountId);
    setLastId(accountId);
    if (route?.page === 'overview' || route?.page === 'conversions')
      navigate(addresses[route.page](accountId));
  };
  const page = route?.page ?? 'overview';
  const Page = pages[page];
  return (
    <div data-session={sessionToken}>
      <Header
        words={text}
        session={entry.session}
        businesses={businesses}
        account={found?.account}
        onSwitch={switchTo}
        onSignOut={signOut}
        onMenu={() => setMenuOpen(!menuOpen)}
        menuOpen={menuOpen}
      />
      <Flex>
        {menuOpen && found && (
          <MainMenu
            words={text}
            accountId={found.account.id}
            page={page}
            onChosen={() => setMenuOpen(false)}
          />
        )}
        <Box flex="grow" minHeight="calc(100vh - 64px)" color="secondary" padding={8}>
          <Box maxWidth={920} margin="auto">
            {found ? (
              <Page
                key={`${found.account.id} ${page}`}
                words={text}
                session={entry.session}
                refresh={refresh}
                {...found}
              />
            ) : (
              <BannerCallout type="error" title={text.noAccountTitle} message={text.noAccountBody} />
            )}
          </Box>
        </Box>
      </Flex>
    </div>
  );
}

function Card({ title, body, children }: { title: string; body?: string; children: React.ReactNode }) {
  return (
    <Flex height="100vh" alignItems="center" justifyContent="center">
      <Box width={420} padding={8} rounding={6} borderStyle="shadow">
        <Flex direction="column" gap={4}>
          <Heading size="400" accessibilityLevel={1}>
            {title}
          </Heading>
          {body && <Text>{body}</Text>}
          {children}
        </Flex>
      </Box>
    </Flex>
  );
}
