import { BannerCallout, Box, Button, Flex, Heading, Layer, ModalAlert, Spinner, Table, Text } from 'gestalt';
import { useState } from 'react';
import type { TokenSummary } from '../../consoles-api';
import { Refused } from '../shared/api';
import { useTokens } from '../shared/use-tokens';
import type { PageProps } from './App';
import { TokenValue } from './TokenValue';

function Step({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <Box as="section" aria-label={title} color="default" rounding={6} padding={6}>
      <Flex direction="column" gap={3}>
        <Heading size="400" accessibilityLevel={2}>
          {title}
        </Heading>
        {children}
      </Flex>
    </Box>
  );
}

export function SetUpApi(page: PageProps) {
  const { words } = page;
  return (
    <Flex direction="column" gap={6}>
      <Flex direction="column" gap={2}>
        <Heading size="600" accessibilityLevel={1}>
          {words.apiTitle}
        </Heading>
        <Text color="subtle">{words.apiIntro}</Text>
      </Flex>
      <Step title={words.stepOne}>
        <Text>{words.stepOneBody}</Text>
        <Text color="subtle">{words.partners}</Text>
        <pre className="code">{'POST https://api.pinterest.com/v5/ad_accounts/{ad_account_id}/events'}</pre>
      </Step>
      <Step title={words.stepTwo}>
        <Text>{words.stepTwoBody}</Text>
      </Step>
      <Step title={words.stepThree}>
        <Text>{words.stepThreeBody}</Text>
      </Step>
      <ConversionTokens {...page} />
      <Step title={words.stepFive}>
        <Text>{words.stepFiveBody}</Text>
      </Step>
    </Flex>
  );
}

type Refusal = 'noRole' | 'unavailable';

function ConversionTokens({ words, session, business, refresh }: PageProps) {
  const { tokens, failed, generate, remove } = useTokens(business.id);
  const [value, setValue] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const [revoking, setRevoking] = useState<TokenSummary>();
  const date = new Intl.DateTimeFormat(session.variant.language, {
    dateStyle: 'medium',
    timeStyle: 'medium',
  });

  const attempt = async (act: () => Promise<void>) => {
    setBusy(true);
    setRefusal(undefined);
    try {
      await act();
    } catch (error) {
      const lost = error instanceof Refused && error.code === 'role_missing';
      setRefusal(lost ? 'noRole' : 'unavailable');
      if (error instanceof Refused && error.code !== 'unavailable') void refresh();
    }
    setBusy(false);
  };
  const onGenerate = () => attempt(async () => setValue(await generate()));
  const onRevoke = (token: TokenSummary) =>
    attempt(async () => {
      setRevoking(undefined);
      await remove(token.id);
    });

  if (business.role !== 'admin') {
    return (
      <Step title={words.tokenSection}>
        <BannerCallout type="warning" title={words.noRoleTitle} message={words.noRoleBody} />
      </Step>
    );
  }
  return (
    <Step title={words.tokenSection}>
      <Text>{words.tokenHint}</Text>
      {value && <TokenValue words={words} variant={session.variant} value={value} />}
      <Flex alignItems="center" gap={3}>
        <Button color="red" text={words.generateToken} disabled={busy} onClick={onGenerate} />
        <Spinner show={busy} size="sm" accessibilityLabel={words.loading} />
      </Flex>
      {refusal && (
        <BannerCallout type="error" message={refusal === 'noRole' ? words.noRoleTitle : words.unavailable} />
      )}
      <Heading size="300" accessibilityLevel={3}>
        {words.tokens}
      </Heading>
      {failed && <Text color="error">{words.unavailable}</Text>}
      {!failed && tokens === undefined && <Spinner show accessibilityLabel={words.loading} />}
      {tokens?.length === 0 && <Text color="subtle">{words.noTokens}</Text>}
      {tokens !== undefined && tokens.length > 0 && (
        <Table accessibilityLabel={words.tokens}>
          <Table.Header>
            <Table.Row>
              {[words.created, words.createdBy, ''].map((column) => (
                <Table.HeaderCell key={column}>
                  <Text weight="bold">{column}</Text>
                </Table.HeaderCell>
              ))}
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {tokens.map((token) => (
              <Table.Row key={token.id}>
                <Table.Cell>
                  <Text>{date.format(new Date(token.createdAt))}</Text>
                </Table.Cell>
                <Table.Cell>
                  <Text>{token.createdBy}</Text>
                </Table.Cell>
                <Table.Cell>
                  <Button size="sm" text={words.revoke} onClick={() => setRevoking(token)} />
                </Table.Cell>
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      )}
      {revoking && (
        <Layer>
          <ModalAlert
            heading={words.revokeTitle}
            accessibilityModalLabel={words.revokeTitle}
            onDismiss={() => setRevoking(undefined)}
            primaryAction={{
              role: 'button',
              label: words.revoke,
              accessibilityLabel: words.revoke,
              onClick: () => onRevoke(revoking),
            }}
            secondaryAction={{
              role: 'button',
              label: words.cancel,
              accessibilityLabel: words.cancel,
              onClick: () => setRevoking(undefined),
            }}
          >
            <Text>{words.revokeBody}</Text>
          </ModalAlert>
        </Layer>
      )}
    </Step>
  );
}
