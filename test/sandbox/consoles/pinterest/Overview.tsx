import { Box, Flex, Heading, Table, Text } from 'gestalt';
import type { PageProps } from './App';

const campaigns = ['Prospecting', 'Retargeting', 'Gift guide'];

/**
 * The numbers of other things, which are as long as the ids that matter, and in their neighbourhood: campaigns start
 * with 626, ad groups with 2680 (almost tags), audiences with 2542.
 */
export function Overview({ words, account }: PageProps) {
  const offset = BigInt(account.id) % 100_000_000n;
  const ids = (row: number) => [
    626_700_000_000n + offset + BigInt(row),
    2_680_100_000_000n + offset + BigInt(row),
    2_542_600_000_000n + offset + BigInt(row),
  ];
  const columns = [words.campaign, words.campaignId, words.adGroupId, words.audienceId];
  return (
    <Flex direction="column" gap={6}>
      <Heading size="600" accessibilityLevel={1}>
        {words.overview}
      </Heading>
      <Box color="default" rounding={6} padding={4}>
        <Table accessibilityLabel={words.campaigns}>
          <Table.Header>
            <Table.Row>
              {columns.map((column) => (
                <Table.HeaderCell key={column}>
                  <Text weight="bold">{column}</Text>
                </Table.HeaderCell>
              ))}
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {campaigns.map((campaign, row) => (
              <Table.Row key={campaign}>
                {[campaign, ...ids(row).map(String)].map((cell) => (
                  <Table.Cell key={cell}>
                    <Text>{cell}</Text>
                  </Table.Cell>
                ))}
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      </Box>
    </Flex>
  );
}
