import {
  Button,
  CssBaseline,
  Dialog,
  DialogContent,
  DialogTitle,
  List,
  ListItemText,
  MenuItem,
  Paper,
  Popover,
  Select,
  Stack,
  Tab,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Tabs,
  TextField,
  Typography,
} from '@mui/material';
import { useState } from 'react';
import { startReact } from '../react';

startReact({
  Page: ({ title, nav, children }) => (
    <>
      <CssBaseline />
      <Typography variant="h4">{title}</Typography>
      <Tabs value={0}>
        {nav.map((item) => (
          <Tab key={item} label={item} />
        ))}
      </Tabs>
      <Paper sx={{ padding: 3 }}>{children}</Paper>
    </>
  ),
  Heading: ({ children }) => <Typography variant="h6">{children}</Typography>,
  Text: ({ children }) => (
    <Typography variant="body2" component="div" sx={{ overflowWrap: 'anywhere' }}>
      {children}
    </Typography>
  ),
  Code: ({ children }) => (
    <Paper variant="outlined" component="code" sx={{ display: 'block', overflowX: 'auto' }}>
      {children}
    </Paper>
  ),
  Labelled: ({ label, children }) => (
    <List dense disablePadding>
      <ListItemText primary={label} secondary={children} />
    </List>
  ),
  Field: ({ label, value, kind }) => (
    <TextField
      label={label}
      value={value}
      type={kind === 'password' ? 'password' : 'text'}
      multiline={kind === 'area'}
      maxRows={4}
      fullWidth
      slotProps={{ input: { readOnly: true } }}
    />
  ),
  Table: ({ columns, rows, selected }) => (
    <Table size="small">
      <TableHead>
        <TableRow>
          {columns.map((column) => (
            <TableCell key={column}>{column}</TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((cells, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows never move
          <TableRow key={row} hover selected={row === selected} aria-selected={row === selected}>
            {cells.map((cell, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: cells never move
              <TableCell key={column}>{cell}</TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  ),
  Switcher: ({ label, value, others }) => (
    <Stack direction="row" spacing={1}>
      <Typography>{label}</Typography>
      <Select value={value} size="small">
        {[value, ...others].map((account) => (
          <MenuItem key={account} value={account}>
            {account}
          </MenuItem>
        ))}
      </Select>
    </Stack>
  ),
  Button: ({ children, onClick }) => (
    <Button variant="contained" {...(onClick && { onClick })}>
      {children}
    </Button>
  ),
  Dialog: ({ open, title, children }) => (
    <Dialog open={open}>
      <DialogTitle>{title}</DialogTitle>
      <DialogContent>{children}</DialogContent>
    </Dialog>
  ),
  Popover: ({ open, anchor, children }) => {
    const [element, setElement] = useState<HTMLElement | null>(null);
    return (
      <>
        <Button ref={setElement}>{anchor}</Button>
        <Popover open={open && element !== null} anchorEl={element}>
          {children}
        </Popover>
      </>
    );
  },
});
