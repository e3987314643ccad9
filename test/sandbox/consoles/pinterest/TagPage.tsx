import { Box, Flex, Heading, Text } from 'gestalt';
import type { PageProps } from './App';

/** The platform's base code, laid out as its console shows it; the id is what matters. */
const baseCode = (tagId: string) => `<!-- Pinterest Tag -->
<script>
!function(e){if(!window.pintrk){window.pintrk=function(){window.pintrk.queue.push(Array.prototype.slice.call(arguments))};
var n=window.pintrk;n.queue=[],n.version="3.0";var t=document.createElement("script");t.async=!0,t.src=e;
var r=document.getElementsByTagName("script")[0];r.parentNode.insertBefore(t,r)}}("https://s.pinimg.com/ct/core.js");
pintrk('load', '${tagId}');
pintrk('page');
</script>
<noscript>
<img height="1" width="1" style="display:none;" alt=""
  src="https://ct.pinterest.com/v3/?event=init&tid=${tagId}&noscript=1" />
</noscript>
<!-- end Pinterest Tag -->`;

export function TagPage({ words, account }: PageProps) {
  return (
    <Flex direction="column" gap={6}>
      <Heading size="600" accessibilityLevel={1}>
        {words.tagTitle}
      </Heading>
      {account.pixels.map((tag) => (
        <Box key={tag.id} color="default" rounding={6} padding={6}>
          <Flex direction="column" gap={5}>
            <Flex gap={12}>
              <Box>
                <Text size="200" color="subtle">
                  {words.tagName}
                </Text>
                <Text weight="bold">{tag.name}</Text>
              </Box>
              <Box>
                <Text size="200" color="subtle">
                  {words.tagId}
                </Text>
                <Text weight="bold">{tag.id}</Text>
              </Box>
            </Flex>
            <Flex direction="column" gap={2}>
              <Heading size="300" accessibilityLevel={2}>
                {words.baseCode}
              </Heading>
              <Text size="200" color="subtle">
                {words.baseCodeHint}
              </Text>
              <pre className="code">{baseCode(tag.id)}</pre>
            </Flex>
          </Flex>
        </Box>
      ))}
    </Flex>
  );
}
