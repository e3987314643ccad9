import { Center, Group, Loader, Paper, Stack, Text, Title } from '@mantine/core';
import type { PageProps } from './App';

/** Shows an id that looks like an old pixel id and is none. */
export function EventTesting({ words, account }: PageProps) {
  const testId = `t2_${account.id.slice(-7)}`;
  return (
    <Stack gap="lg" maw={880}>
      <div>
        <Title order={1} size="h2">
          {words.testingTitle}
        </Title>
        <Text c="dimmed">{words.testingIntro}</Text>
      </div>
      <Paper withBorder p="lg">
        <Text size="sm" c="dimmed">
          {words.testId}
        </Text>
        <Text fw={600}>{testId}</Text>
        <Center h={180}>
          <Group>
            <Loader size="sm" type="dots" />
            <Text c="dimmed">{words.noEvents}</Text>
          </Group>
        </Center>
      </Paper>
    </Stack>
  );
}
