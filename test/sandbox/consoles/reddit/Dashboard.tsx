import { Badge, Paper, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import type { PageProps } from './App';

const campaigns = ['Prospecting · US', 'Retargeting · 30 days', 'Winter launch', 'Brand · Subreddits'];

/** Numbers that look alive, the same at each visit. */
function figures(seed: string) {
  let state = [...seed].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 2_147_483_647, 7);
  return (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

export function Dashboard({ words, session, account }: PageProps) {
  const next = figures(account.id);
  const { language } = session.variant;
  const money = new Intl.NumberFormat(language, { style: 'currency', currency: account.currency });
  const count = new Intl.NumberFormat(language);
  const totals: [string, string][] = [
    [words.spend, money.format(next(900_000) / 100)],
    [words.impressions, count.format(100_000 + next(900_000))],
    [words.clicks, count.format(1_000 + next(9_000))],
  ];
  return (
    <Stack gap="lg">
      <Title order={1} size="h2">
        {words.dashboard}
      </Title>
      <SimpleGrid cols={3}>
        {totals.map(([label, value]) => (
          <Paper key={label} withBorder p="md">
            <Text size="sm" c="dimmed">
              {label}
            </Text>
            <Text size="xl" fw={700}>
              {value}
            </Text>
          </Paper>
        ))}
      </SimpleGrid>
      <Paper withBorder p="md">
        <Title order={2} size="h4" mb="sm">
          {words.campaigns}
        </Title>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.campaign}</Table.Th>
              <Table.Th>{words.campaignId}</Table.Th>
              <Table.Th>{words.status}</Table.Th>
              <Table.Th ta="end">{words.spend}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {campaigns.map((campaign, index) => (
              <Table.Tr key={campaign}>
                <Table.Td>{campaign}</Table.Td>
                <Table.Td>{1_400_000_000_000_000_000n + BigInt(next(2_000_000_000))}</Table.Td>
                <Table.Td>
                  <Badge color={index === 2 ? 'gray' : 'green'} variant="light" tt="none">
                    {index === 2 ? words.paused : words.active}
                  </Badge>
                </Table.Td>
                <Table.Td ta="end">{money.format(next(200_000) / 100)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Paper>
    </Stack>
  );
}
