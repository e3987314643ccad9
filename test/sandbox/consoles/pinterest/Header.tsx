import { Avatar, Box, Dropdown, Flex, Icon, IconButton, TapArea, Text } from 'gestalt';
import { useRef, useState } from 'react';
import type { AdAccount, Business, Session } from '../../consoles-api';
import type { Words } from './words';

interface HeaderProps {
  words: Words;
  session: Session;
  businesses: Business[];
  account: AdAccount | undefined;
  onSwitch: (accountId: string) => void;
  onSignOut: () => void;
  onMenu: () => void;
  menuOpen: boolean;
}

export function Header(props: HeaderProps) {
  const { words, session, businesses, account, onSwitch, onSignOut, onMenu, menuOpen } = props;
  return (
    <Box
      height={64}
      paddingX={4}
      display="flex"
      alignItems="center"
      justifyContent="between"
      borderStyle="raisedBottomShadow"
    >
      <Flex alignItems="center" gap={3}>
        <IconButton
          icon="menu"
          size="md"
          accessibilityLabel={words.menu}
          accessibilityExpanded={menuOpen}
          onClick={onMenu}
        />
        <Icon icon="pinterest" color="brandPrimary" size={28} accessibilityLabel="Pinterest" />
        <Text weight="bold">{words.business}</Text>
      </Flex>
      <Flex alignItems="center" gap={4}>
        <AccountSwitcher words={words} businesses={businesses} account={account} onSwitch={onSwitch} />
        <UserMenu words={words} session={session} onSignOut={onSignOut} />
      </Flex>
    </Box>
  );
}

function AccountSwitcher({
  words,
  businesses,
  account,
  onSwitch,
}: Pick<HeaderProps, 'words' | 'businesses' | 'account' | 'onSwitch'>) {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  return (
    <>
      <TapArea
        ref={anchor}
        role="button"
        rounding={4}
        accessibilityHaspopup
        accessibilityExpanded={open}
        onTap={() => setOpen(!open)}
      >
        <Box paddingX={3} paddingY={1} rounding={4} color="secondary">
          <Flex alignItems="center" gap={2}>
            <Text size="200" color="subtle">
              {words.viewing}
            </Text>
            <Text size="200" weight="bold">
              {account?.name ?? '—'}
            </Text>
            <Text size="200" color="subtle">
              {account?.id}
            </Text>
            <Icon icon="arrow-down" size={12} accessibilityLabel="" />
          </Flex>
        </Box>
      </TapArea>
      {open && (
        <Dropdown id="advertisers" anchor={anchor.current} onDismiss={() => setOpen(false)}>
          {businesses.map((business) => (
            <Dropdown.Section key={business.id} label={business.name}>
              {business.accounts.map((one) => (
                <Dropdown.Item
                  key={one.id}
                  option={{ value: one.id, label: one.name, subtext: one.id }}
                  selected={
                    one.id === account?.id ? { value: one.id, label: one.name, subtext: one.id } : null
                  }
                  onSelect={() => {
                    setOpen(false);
                    onSwitch(one.id);
                  }}
                />
              ))}
            </Dropdown.Section>
          ))}
        </Dropdown>
      )}
    </>
  );
}

function UserMenu({ words, session, onSignOut }: Pick<HeaderProps, 'words' | 'session' | 'onSignOut'>) {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  return (
    <>
      <TapArea
        ref={anchor}
        role="button"
        rounding="circle"
        accessibilityLabel={words.accountMenu}
        accessibilityHaspopup
        accessibilityExpanded={open}
        onTap={() => setOpen(!open)}
      >
        <Avatar size="sm" name={session.user.name} />
      </TapArea>
      {open && (
        <Dropdown
          id="account"
          anchor={anchor.current}
          onDismiss={() => setOpen(false)}
          headerContent={<Text size="200">{session.user.email}</Text>}
        >
          <Dropdown.Item option={{ value: 'out', label: words.signOut }} onSelect={onSignOut} />
        </Dropdown>
      )}
    </>
  );
}
