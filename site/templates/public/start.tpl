{{>HEAD}}
<h1>[[Tell us what is wrong. You do not have to give your name.]]</h1>
{{>EMERGENCY}}
<p>[[Is someone forced to work, tricked, threatened, or kept from leaving? It may be you, or someone you know. You can tell us here.]]</p>
<ul class="plain">
<li>[[You can skip every question but one.]]</li>
<li>[[Nothing is stored before you press Send.]]</li>
<li>[[You get a number, so that you can come back and read our answer.]]</li>
</ul>
{{#CLOSED}}<div class="note"><p>[[Reports cannot be sent here at the moment, because no team can read them yet. Please call one of these numbers.]]</p>
{{>CHANNELS}}
</div>{{/CLOSED}}
{{#OPEN}}<p><a class="button" href="/{{LANG}}/form">[[Start a report]]</a></p>{{/OPEN}}
<p><a class="button second" href="/{{LANG}}/check">[[Read an answer, or add to your report]]</a></p>
<h2>[[Read more]]</h2>
<ul>
{{#GUIDANCE}}<li><a href="/{{LANG}}/p/{{NUMBER}}">{{TITLE}}</a></li>
{{/GUIDANCE}}
</ul>
{{>FOOT}}
