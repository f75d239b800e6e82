{{<staff/head}}
{{#CLOSED}}<div class="note"><p>Reports cannot be entered just now, because no team can read them. Tell an administrator, and take notes on paper.</p></div>{{/CLOSED}}
{{#ASK}}<h1>Before anything else</h1>
<div class="say"><p class="by">Ask the caller</p><p>“Are you safe to talk now?”</p></div>
<p>If somebody is hurt, or may be in the next minutes, the call to <a href="tel:{{emergency_tel}}">{{emergency_number}}</a> comes first.</p>
<div class="buttons"><a class="button" href="/hotline/new?safe=yes">Yes, the caller is safe</a> <a class="button second" href="/hotline/new?safe=no">No, or not sure</a></div>{{/ASK}}
{{#NOT_SAFE}}<h1>The caller is not safe</h1>
<div class="say"><p class="by">Say to the caller</p><p>“If you can, hang up and call {{emergency_number}} now. They can send someone to you. You can call us back at any time.”</p></div>
<h2>If they cannot call themselves</h2>
<ul>
<li>Ask where they are first: address, town, what they see from the window.</li>
<li>Ask whether you may call <a href="tel:{{emergency_tel}}">{{emergency_number}}</a> for them. If a life is in danger, call without asking.</li>
<li>If somebody listens: ask only what can be answered with yes or no.</li>
<li>Agree on what to say if somebody else picks up, and on a time when they can talk.</li>
<li>Do not call back unless they told you when that is safe.</li>
</ul>
<div class="buttons"><a class="button second" href="/hotline/new?safe=yes">They are safe now: go on with the report</a></div>{{/NOT_SAFE}}
{{<staff/foot}}
