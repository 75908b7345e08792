const point = `curl -X POST ${new URL('api/v1/points', document.baseURI).href} -d 'cpu value=75'`;
const ways: readonly (readonly [title: string, code: string])[] = [
  ['From C#', 'Live.Metric("cpu").Send(75);'],
  ['Over HTTP', point],
  ['From any program that prints', 'vmstat 1 | weir pipe'],
];

/** A dashboard without widgets says how to get one. */
export function EmptyDashboard() {
  return (
    <section class="welcome">
      <h2>Nothing is being sent yet</h2>
      <p>The first value makes the first widget. It shows here as soon as it arrives; there is nothing to reload.</p>
      {ways.map(([title, code]) => (
        <figure key={title}>
          <figcaption>{title}</figcaption>
          <pre><code>{code}</code></pre>
        </figure>
      ))}
    </section>
  );
}
