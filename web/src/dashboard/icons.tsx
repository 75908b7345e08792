const paths = {
  pause: 'M6 4v12M14 4v12',
  play: 'M6 4l10 6-10 6z',
  help: 'M7.5 7.5a2.5 2.5 0 1 1 3.6 2.200c-.8.4-1.100.9-1.100 1.800M10 14.5v.01',
  expand: 'M8 4H4v4M12 4h4v4M8 16H4v-4M12 16h4v-4',
  close: 'M5 5l10 10M15 5L5 15',
  auto: 'M10 3.5a6.5 6.5 0 1 0 0 13zM10 3.5a6.5 6.5 0 0 1 0 13',
  dark: 'M16 11.5A6.5 6.5 0 1 1 8.5 4a5 5 0 0 0 7.5 7.5z',
  light: 'M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.300 4.300l1.100 1.100M14.6 14.6l1.100 1.100M4.300 15.700l1.100-1.100M14.6 5.400l1.100-1.100',
};

export function Icon({ name }: { name: keyof typeof paths }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
