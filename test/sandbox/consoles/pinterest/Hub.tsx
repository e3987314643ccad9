import { Box, Flex, Heading, Text } from 'gestalt';
import type { PageProps } from './App';

export function Hub({ words, session, account }: PageProps) {
  const money = new Intl.NumberFormat(session.variant.language, {
    style: 'currency',
    currency: account.currency,
  });
  return (
    <Flex direction="column" gap={6}>
      <Flex direction="column" gap={2}>
        <Heading size="600" accessibilityLevel={1}>
          {`${words.hello}, ${session.user.name}`}
        </Heading>
        <Text color="subtle">{words.hubIntro}</Text>
      </Flex>
      <Box color="default" rounding={6} padding={6} width={320}>
        <Flex direction="column" gap={2}>
          <Text size="200" color="subtle">
            {words.spend}
          </Text>
          <Heading size="400">{money.format(Number(account.id.slice(-6)) / 100)}</Heading>
          <Text size="200">{account.name}</Text>
        </Flex>
      </Box>
    </Flex>
  );
}
