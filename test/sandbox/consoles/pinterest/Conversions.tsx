import { Box, Button, Flex, Heading, Text } from 'gestalt';
import { navigate } from '../shared/route';
import type { PageProps } from './App';
import { addresses } from './routes';

export function Conversions({ words }: PageProps) {
  const cards = [
    { title: words.tagCard, body: words.tagCardBody, action: words.manageTag, path: addresses.tag },
    { title: words.apiCard, body: words.apiCardBody, action: words.setUpApi, path: addresses.api },
  ];
  return (
    <Flex direction="column" gap={6}>
      <Heading size="600" accessibilityLevel={1}>
        {words.conversions}
      </Heading>
      <Flex gap={4} wrap>
        {cards.map(({ title, body, action, path }) => (
          <Box
            key={path}
            as="section"
            aria-label={title}
            color="default"
            rounding={6}
            padding={6}
            width={400}
          >
            <Flex direction="column" gap={4}>
              <Heading size="400" accessibilityLevel={2}>
                {title}
              </Heading>
              <Text color="subtle">{body}</Text>
              <Flex>
                <Button color="red" text={action} onClick={() => navigate(path)} />
              </Flex>
            </Flex>
          </Box>
        ))}
      </Flex>
    </Flex>
  );
}
