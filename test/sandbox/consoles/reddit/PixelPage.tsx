import { Code, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { PageProps } from './App';

/** The platform's base code, laid out as its console shows it; the id is what matters. */
const baseCode = (pixelId: string) => `<!-- Reddit Pixel -->
<script>
!function(w,d){if(!w.rdt){var p=w.rdt=function(){p.sendEvent?p.sendEvent.apply(p,arguments):p.callQueue.push(arguments)};
p.callQueue=[];var t=d.createElement("script");t.src="https://www.redditstatic.com/ads/pixel.js",t.async=!0;
var s=d.getElementsByTagName("script")[0];s.parentNode.insertBefore(t,s)}}(window,document);
rdt('init','${pixelId}');
rdt('track', 'PageVisit');
</script>`;

export function PixelPage({ words, account }: PageProps) {
  return (
    <Stack gap="lg" maw={880}>
      <div>
        <Title order={1} size="h2">
          {words.pixelTitle}
        </Title>
        <Text c="dimmed">{words.pixelIntro}</Text>
      </div>
      {account.pixels.map((pixel) => (
        <Paper key={pixel.id} withBorder p="lg">
          <Stack>
            <Group gap={64}>
              <div>
                <Text size="sm" c="dimmed">
                  {words.pixelName}
                </Text>
                <Text fw={600}>{pixel.name}</Text>
              </div>
              <div>
                <Text size="sm" c="dimmed">
                  {words.pixelId}
                </Text>
                <Text fw={600}>{pixel.id}</Text>
              </div>
            </Group>
            <div>
              <Title order={2} size="h5">
                {words.baseCode}
              </Title>
              <Text size="sm" c="dimmed" mb="xs">
                {words.baseCodeHint}
              </Text>
              <Code block>{baseCode(pixel.id)}</Code>
            </div>
          </Stack>
        </Paper>
      ))}
    </Stack>
  );
}
