import { SideNavigation } from 'gestalt';
import { follow } from '../shared/route';
import { addresses, type Route } from './routes';
import type { Words } from './words';

interface MainMenuProps {
  words: Words;
  accountId: string;
  page: Route['page'];
  onChosen: () => void;
}

export function MainMenu({ words, accountId, page, onChosen }: MainMenuProps) {
  const inConversions = page === 'conversions' || page === 'api' || page === 'tag';
  const chosen: NonNullable<React.ComponentProps<typeof SideNavigation.TopItem>['onClick']> = ({
    event,
    dangerouslyDisableOnNavigation,
  }) => {
    dangerouslyDisableOnNavigation();
    follow(event);
    onChosen();
  };
  return (
    <SideNavigation accessibilityLabel={words.menu} showBorder>
      <SideNavigation.TopItem
        href={addresses.hub}
        label={words.hub}
        icon="home"
        onClick={chosen}
        {...(page === 'hub' ? { active: 'page' as const } : {})}
      />
      <SideNavigation.Section label={words.adsSection}>
        <SideNavigation.TopItem
          href={addresses.overview(accountId)}
          label={words.overview}
          icon="ads-overview"
          onClick={chosen}
          {...(page === 'overview' ? { active: 'page' as const } : {})}
        />
      </SideNavigation.Section>
      <SideNavigation.Section label={words.manageBusiness}>
        <SideNavigation.TopItem
          href={addresses.conversions(accountId)}
          label={words.conversions}
          icon="tag"
          onClick={chosen}
          {...(inConversions ? { active: 'page' as const } : {})}
        />
      </SideNavigation.Section>
    </SideNavigation>
  );
}
