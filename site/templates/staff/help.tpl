{{<staff/head}}
<h1>Help</h1>
<p>Someone in danger now: <a href="tel:{{emergency_tel}}">{{emergency_number}}</a>. It comes before anything here.</p>
<h2>Reading a report</h2>
<ul>
<li>Opening a report is written into its history. So is every download.</li>
<li>Download the copy of a file without hidden details. Take the original only when you need it, and say why.</li>
<li>A report that nobody should work on now is “on hold”. Close one without action only with a note that says why.</li>
</ul>
<h2>Writing to the reporter</h2>
<ul>
<li>They look when it is safe for them, perhaps days later. Ask one thing at a time, in plain words.</li>
<li>Others may see their screen: do not repeat names or places that they told you.</li>
<li>You cannot find a reporter’s number again. If they lose it, they send a new report.</li>
</ul>
<h2>A call</h2>
<ul>
<li>Ask first whether the caller is safe to talk. Then write what they say, in their words.</li>
<li>Read the number to them at the end. It opens their report on the public site.</li>
</ul>
<h2>Keys and teams</h2>
<ul>
<li>Reports are sealed to the members of the team that receives them. Administrators who are not members read nothing.</li>
<li>A new member waits until somebody in the team lets them in, on the team’s page.</li>
<li>When a member leaves, the team gets a new key. The list of reports then takes a moment longer, once.</li>
</ul>
<h2>Your own account</h2>
<ul>
<li>Nobody can reset your password. Keep the recovery codes on paper.</li>
<li>You are signed out after 30 minutes without a page, and after 12 hours in any case.</li>
</ul>
{{<staff/foot}}
