import {
  Alert,
  Badge,
  Button,
  Card,
  Container,
  Group,
  List,
  Modal,
  Radio,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { type FormEvent, useCallback, useEffect, useState } from 'react';
import { type CardInfo, catalogue, type DashboardVariant } from '../../dashboard-api';
import { api, NotSaved, platformName, REFRESH } from '../shared/client';

type Screen = { is: 'list' } | { is: 'select' } | { is: 'form'; type: string; card?: CardInfo };

const colours = { Healthy: 'green', Unhealthy: 'red', Pending: 'gray' } as const;

const DestinationCard = ({ card, onOpen }: { card: CardInfo; onOpen: () => void }) => (
  <Card withBorder component="button" onClick={onOpen} style={{ textAlign: 'start', cursor: 'pointer' }}>
    <Group justify="space-between" wrap="nowrap">
      <Title order={3} size="h5">
        {card.name}
      </Title>
      <Badge color={colours[card.status]} tt="none">
        {card.status}
      </Badge>
    </Group>
    <Text size="sm" c="dimmed">
      {platformName(catalogue, card.type)}
    </Text>
    {card.reasons.length > 0 && (
      <List size="sm">
        {card.reasons.map((reason) => (
          <List.Item key={reason}>{reason}</List.Item>
        ))}
      </List>
    )}
  </Card>
);

const Select = ({ onNext }: { onNext: (type: string) => void }) => {
  const [type, setType] = useState('');
  return (
    <Stack>
      <Radio.Group label="Destination" value={type} onChange={setType}>
        <Stack gap="xs" mt="xs">
          {catalogue.map((one) => (
            <Radio key={one.type} value={one.type} label={one.name} />
          ))}
        </Stack>
      </Radio.Group>
      <Group justify="flex-end">
        <Button disabled={!type} onClick={() => onNext(type)}>
          Next
        </Button>
      </Group>
    </Stack>
  );
};

interface FormProps {
  type: string;
  card?: CardInfo | undefined;
  saveLabel: string;
  onDone: () => void;
  onCancel: () => void;
}

const Form = ({ type, card, saveLabel, onDone, onCancel }: FormProps) => {
  const fields = catalogue.find((one) => one.type === type)?.fields ?? [];
  const [name, setName] = useState(card?.name ?? '');
  const [values, setValues] = useState<Record<string, string>>(
    card ? { ...card.config, token: card.tokenMask } : {},
  );
  const [saving, setSaving] = useState(false);
  const [refusal, setRefusal] = useState<NotSaved>();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSaving(true);
    setRefusal(undefined);
    const { token = '', ...config } = values;
    try {
      await api.save({ type, name, config, token }, card?.id);
      onDone();
    } catch (error) {
      if (error instanceof NotSaved) setRefusal(error);
    } finally {
      setSaving(false);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} autoComplete="off">
      <Stack>
        {refusal && (
          <Alert color="red" title={refusal.message}>
            {refusal.reasons.join(' ')}
          </Alert>
        )}
        <TextInput label="Name" value={name} onChange={({ target }) => setName(target.value)} />
        {fields.map((field) => (
          <TextInput
            key={field.name}
            label={field.label}
            withAsterisk
            value={values[field.name] ?? ''}
            onChange={({ target }) => setValues((before) => ({ ...before, [field.name]: target.value }))}
          />
        ))}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={saving}>
            {card ? saveLabel : 'Create Configuration'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

export const App = () => {
  const [variant, setVariant] = useState<DashboardVariant>();
  const [cards, setCards] = useState<CardInfo[]>([]);
  const [screen, setScreen] = useState<Screen>({ is: 'list' });
  const load = useCallback(() => void api.destinations().then(setCards), []);
  const toList = () => {
    setScreen({ is: 'list' });
    load();
  };

  useEffect(() => {
    void api.variant().then(setVariant);
    load();
    const timer = setInterval(load, REFRESH);
    return () => clearInterval(timer);
  }, [load]);

  if (!variant) return null;
  const form = screen.is === 'form' && (
    <Form
      type={screen.type}
      card={screen.card}
      saveLabel={variant.save}
      onDone={toList}
      onCancel={() => setScreen({ is: 'list' })}
    />
  );
  const formTitle =
    screen.is === 'form'
      ? `${screen.card ? 'Edit' : 'Configure'} ${platformName(catalogue, screen.type)}`
      : '';

  if (form && variant.form === 'page') {
    return (
      <Container component="main" size="sm" py="xl">
        <Title order={1} size="h3" mb="md">
          {formTitle}
        </Title>
        {form}
      </Container>
    );
  }
  return (
    <Container component="main" size="lg" py="xl">
      <Group justify="space-between" mb="lg">
        <Title order={1} size="h2">
          {variant.title}
        </Title>
        <Button onClick={() => setScreen({ is: 'select' })}>+ New Destination</Button>
      </Group>
      <SimpleGrid cols={3}>
        {cards.map((card) => (
          <DestinationCard
            key={card.id}
            card={card}
            onOpen={() => setScreen({ is: 'form', type: card.type, card })}
          />
        ))}
      </SimpleGrid>
      <Modal
        opened={screen.is === 'select'}
        onClose={() => setScreen({ is: 'list' })}
        title="Select a Destination"
      >
        <Select onNext={(type) => setScreen({ is: 'form', type })} />
      </Modal>
      <Modal opened={Boolean(form)} onClose={() => setScreen({ is: 'list' })} title={formTitle}>
        {form}
      </Modal>
    </Container>
  );
};
