import {
  Alert,
  Button,
  Code,
  Group,
  Modal,
  Paper,
  Skeleton,
  Stack,
  Table,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { TokenSummary } from '../../consoles-api';
import { Refused } from '../shared/api';
import { useTokens } from '../shared/use-tokens';
import type { PageProps } from './App';
import { TokenValue } from './TokenValue';

const MOST_TOKENS = 5;

export function ConversionTokens({ words, session, business, refresh }: PageProps) {
  const { tokens, failed, generate, remove } = useTokens(business.id);
  const [generating, setGenerating] = useState(false);
  const [deleting, setDeleting] = useState<TokenSummary>();
  const mayManage = business.role === 'admin';
  const full = tokens !== undefined && tokens.length >= MOST_TOKENS;
  const date = new Intl.DateTimeFormat(session.variant.language, { dateStyle: 'medium' });

  return (
    <Stack gap="lg" maw={960}>
      <div>
        <Title order={1} size="h2">
          {words.capiTitle}
        </Title>
        <Text c="dimmed">{words.capiIntro}</Text>
      </div>
      <Paper withBorder p="lg" component="section" aria-label={words.tokenSection}>
        <Group justify="space-between" align="flex-start" wrap="nowrap" mb="md">
          <div>
            <Title order={2} size="h4">
              {words.tokenSection}
            </Title>
            <Text size="sm" c="dimmed" maw={520}>
              {words.tokenHint}
            </Text>
          </div>
          {mayManage && (
            <Button
              disabled={tokens === undefined || full}
              onClick={() => setGenerating(true)}
              style={{ flexShrink: 0 }}
            >
              {words.generateToken}
            </Button>
          )}
        </Group>
        {!mayManage && (
          <Alert color="orange" title={words.noRoleTitle}>
            {words.noRoleBody}
          </Alert>
        )}
        {mayManage && full && (
          <Alert color="orange" title={words.limit} mb="md">
            {words.limitHint}
          </Alert>
        )}
        {mayManage && failed && <Alert color="red" title={words.unavailable} />}
        {mayManage && !failed && tokens === undefined && (
          <Stack gap="xs" role="status" aria-label={words.loading}>
            <Skeleton h={36} />
            <Skeleton h={36} />
            <Skeleton h={36} />
          </Stack>
        )}
        {mayManage && tokens?.length === 0 && <Text c="dimmed">{words.noTokens}</Text>}
        {mayManage && tokens !== undefined && tokens.length > 0 && (
          <Table verticalSpacing="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.tokenNameColumn}</Table.Th>
                <Table.Th>{words.tokenColumn}</Table.Th>
                <Table.Th>{words.createdColumn}</Table.Th>
                <Table.Th>{words.createdByColumn}</Table.Th>
                <Table.Th />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {tokens.map((token) => (
                <Table.Tr key={token.id}>
                  <Table.Td fw={600}>{token.name}</Table.Td>
                  <Table.Td>
                    <Code>••••••••••••</Code>
                  </Table.Td>
                  <Table.Td>{date.format(new Date(token.createdAt))}</Table.Td>
                  <Table.Td>{token.createdBy}</Table.Td>
                  <Table.Td ta="end">
                    <Button variant="subtle" color="red" size="xs" onClick={() => setDeleting(token)}>
                      {words.delete}
                    </Button>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Paper>
      <GenerateDialog
        words={words}
        variant={session.variant}
        opened={generating}
        generate={generate}
        refresh={refresh}
        onClose={() => setGenerating(false)}
      />
      <DeleteDialog
        words={words}
        token={deleting}
        remove={remove}
        refresh={refresh}
        onClose={() => setDeleting(undefined)}
      />
    </Stack>
  );
}

type Reason = keyof PageProps['words'];

/** Why it was refused, in the console's words; a lost role is also looked up anew. */
function reasonOf(error: unknown, refresh: () => Promise<void>): Reason {
  const code = error instanceof Refused ? error.code : 'unavailable';
  if (code === 'role_missing' || code === 'signed_out') void refresh();
  if (code === 'role_missing') return 'noRoleTitle';
  if (code === 'too_many_tokens') return 'limit';
  if (code === 'name_missing') return 'nameMissing';
  return 'unavailable';
}

type Dialog = Pick<PageProps, 'words' | 'refresh'> & { onClose: () => void };

function GenerateDialog({
  words,
  variant,
  opened,
  generate,
  refresh,
  onClose,
}: Dialog & {
  variant: PageProps['session']['variant'];
  opened: boolean;
  generate: (name: string) => Promise<string>;
}) {
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Reason>();
  const [value, setValue] = useState<string>();

  const forget = () => {
    setName('');
    setRefusal(undefined);
    setValue(undefined);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!name.trim()) return setRefusal('nameMissing');
    setBusy(true);
    setRefusal(undefined);
    try {
      setValue(await generate(name.trim()));
    } catch (error) {
      setRefusal(reasonOf(error, refresh));
    }
    setBusy(false);
  };

  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={forget}
      title={<Text fw={700}>{value ? words.generatedTitle : words.generateTitle}</Text>}
      closeButtonProps={{ 'aria-label': words.close }}
      closeOnClickOutside={!value}
      size="lg"
      centered
    >
      {value ? (
        <Stack>
          <Text size="sm">{words.generatedHint}</Text>
          <TokenValue words={words} variant={variant} value={value} />
          <Group justify="flex-end">
            <Button onClick={onClose}>{words.done}</Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={submit}>
          <Stack>
            <TextInput
              label={words.tokenName}
              description={words.tokenNameHint}
              error={refusal === 'nameMissing' ? words.nameMissing : undefined}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              data-autofocus
            />
            {refusal && refusal !== 'nameMissing' && <Alert color="red" title={words[refusal]} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {words.cancel}
              </Button>
              <Button type="submit" loading={busy}>
                {words.generate}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

function DeleteDialog({
  words,
  token,
  remove,
  refresh,
  onClose,
}: Dialog & { token: TokenSummary | undefined; remove: (tokenId: string) => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Reason>();

  const confirm = async () => {
    if (!token) return;
    setBusy(true);
    setRefusal(undefined);
    try {
      await remove(token.id);
      onClose();
    } catch (error) {
      setRefusal(reasonOf(error, refresh));
    }
    setBusy(false);
  };

  return (
    <Modal
      opened={token !== undefined}
      onClose={onClose}
      onExitTransitionEnd={() => setRefusal(undefined)}
      title={<Text fw={700}>{words.deleteTitle}</Text>}
      closeButtonProps={{ 'aria-label': words.close }}
      centered
    >
      <Stack>
        <Text size="sm">
          {words.deleteBody} <b>{token?.name}</b>
        </Text>
        {refusal && <Alert color="red" title={words[refusal]} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button color="red" loading={busy} onClick={confirm}>
            {words.deleteConfirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
